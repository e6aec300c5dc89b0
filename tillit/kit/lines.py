"""One line of text, without what can't be seen: controls, and what turns the direction of writing.

A name that turns it would garble whatever stands beside it, and could disguise an address.
"""

import unicodedata

# Controls, halves of pairs, the private area.
UNWANTED = {"Cc", "Cs", "Co"}
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean(text: str) -> str:
    """Without what can't be seen; whatever breaks a line is a space."""
    spaced = "".join(" " if mark.isspace() else mark for mark in text)
    return "".join(
        mark
        for mark in spaced
        if unicodedata.category(mark) not in UNWANTED and mark not in TURNING
    )
