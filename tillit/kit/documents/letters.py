"""Letters that no font of ours has: on paper they are told by name, since an empty box says nothing."""

import re
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# Nothing that is written: no format has a place for it.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Signs that join or vary what stands before them, and are seen in nothing else.
UNSEEN = re.compile("[\u200b-\u200d\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff]")


def clean(html: str) -> str:
    return CONTROLS.sub("", html)


def told(text: str) -> str:
    """With each letter that can't be set replaced by its name: “[party popper]”."""
    return missing().sub(lambda found: named(found[0]), UNSEEN.sub("", text))


def named(letters: str) -> str:
    names = (unicodedata.name(it, f"U+{ord(it):04X}").lower() for it in letters)
    return f"[{', '.join(names)}]"


@cache
def missing() -> re.Pattern[str]:
    lines = (FONTS / "covered.txt").read_text().splitlines()
    ranges = (line.partition("-")[::2] for line in lines)
    known = "".join(rf"\U{int(first, 16):08x}-\U{int(last, 16):08x}" for first, last in ranges)
    return re.compile(rf"[^\t\n\r{known}]+")
