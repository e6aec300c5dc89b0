"""Bytes to text. The encoding is guessed, and can be said instead."""

import codecs
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.refusal import Refused

UTF8, UTF16, WINDOWS, DOS, MAC = "utf-8", "utf-16", "cp1252", "cp850", "mac-roman"
ENCODINGS = {
    UTF8: "UTF-8",
    UTF16: "UTF-16",
    WINDOWS: gettext_lazy("Windows and Latin-1"),
    DOS: gettext_lazy("DOS"),
    MAC: gettext_lazy("Old Mac"),
}
SWEDISH = frozenset("åäöÅÄÖéÉüÜ–”’")
WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
SAMPLE = 20_000


def guess_encoding(data: bytes) -> str:
    """UTF-16 by its mark or its empty bytes, UTF-8 if it can be, or else what gives Swedish letters."""
    if data.startswith(tuple(WIDE)) or _has_wide_letters(data):
        return UTF16
    try:
        data.decode(UTF8)
    except UnicodeDecodeError:
        return max((WINDOWS, DOS, MAC), key=lambda it: _swedish_letters(data, it))
    return UTF8


def decode(data: bytes, encoding: str) -> str:
    """The text, without any mark at its beginning. Raises Refused when it is in another encoding."""
    try:
        return _decoded(data, encoding).lstrip("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise Refused(
            _("The text can't be read in that encoding. Choose another one."), 422
        ) from None


def _decoded(data: bytes, encoding: str) -> str:
    if encoding == UTF16:
        return data.decode(_wide(data))
    if (
        encoding == WINDOWS
    ):  # five bytes mean nothing in it, and stand for control characters in Latin-1
        return data.decode(WINDOWS, errors="replace")
    return data.decode(encoding)


def _wide(data: bytes) -> str:
    marked = next((name for mark, name in WIDE.items() if data.startswith(mark)), "")
    return marked or ("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")


def _has_wide_letters(data: bytes) -> bool:
    """Whether every other byte is mostly empty, as in text without a mark."""
    sample = data[:SAMPLE]
    return any(
        half.count(0) * 2 > len(half) > 1 and not other.count(0)
        for half, other in ((sample[::2], sample[1::2]), (sample[1::2], sample[::2]))
    )


def _swedish_letters(data: bytes, encoding: str) -> int:
    """How many of the letters beyond ASCII are such as Swedish text has; others count against."""
    letters = _beyond_ascii(data[:SAMPLE].decode(encoding, errors="replace"))
    return sum(1 if it in SWEDISH else -1 for it in letters)


def _beyond_ascii(text: str) -> Iterator[str]:
    return (it for it in text if it > "\x7f")
