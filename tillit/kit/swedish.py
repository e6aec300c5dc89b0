"""Swedish order and folding of text: å ä ö come last, and a search forgives what a keyboard lacks."""

import unicodedata

# In Swedish å, ä and ö are letters of their own, after z. The three ASCII characters after z
# keep them there in plain byte order, which both databases share.
LAST_LETTERS = str.maketrans(
    {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y", "đ": "d", "ł": "l", "ð": "d"}
)
FOLDED_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "ß": "ss", "ð": "d", "þ": "th", "đ": "d", "ł": "l"}
)


def _plain(text: str) -> str:
    """Drop the accents of other languages (é → e)."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _words(text: str) -> str:
    """Letters and digits with single spaces; punctuation neither sorts nor is searched."""
    return " ".join("".join(c if c.isalnum() or c in "{|}" else " " for c in text).split())


def sort_key(text: str) -> str:
    """A key that sorts in Swedish order when compared byte by byte: Zorn < Åhus < Ängelholm < Örebro."""
    composed = unicodedata.normalize("NFKC", text).casefold().translate(LAST_LETTERS)
    return _words(_plain(composed))[:200]


def fold(text: str) -> str:
    """The form that searches compare: lower case, no accents, å and ä as a, ö as o."""
    return _words(_plain(unicodedata.normalize("NFKC", text).casefold().translate(FOLDED_LETTERS)))
