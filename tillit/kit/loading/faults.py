"""What is wrong with the files of a load: where it stands, what it is, how to mend it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Text = str | Promise
SHOWN = 100
FORMAT = gettext_lazy("see examples/README.md for the format")
CANDIDATES = 5000  # a likeness is sought among so many words at most


@dataclass(frozen=True, order=True)
class Spot:
    """Where in a file something stands."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Fault:
    at: Spot
    message: Text
    remedy: Text = ""

    def __str__(self) -> str:
        message, remedy = str(self.message), str(self.remedy)
        # The message and its remedy are one line: a full stop between them would part them.
        return f"{self.at}: {message.rstrip('.')} – {remedy}" if remedy else f"{self.at}: {message}"


class Faults:
    """The faults of a load. The first hundred are kept, all are counted."""

    def __init__(self) -> None:
        self.kept: list[Fault] = []
        self.total = 0

    def __bool__(self) -> bool:
        return self.total > 0

    def __str__(self) -> str:
        return "\n".join(map(str, sorted(self.kept, key=lambda fault: fault.at)))

    def add(self, at: Spot, message: Text, remedy: Text = "") -> None:
        self.total += 1
        if len(self.kept) < SHOWN:
            self.kept.append(Fault(at, message, remedy))


class Wrong(ValueError):  # noqa: N818 (it is the value that is wrong, in the file)
    """A value that can't be right, with its remedy. `field` is the key that it stands at."""

    def __init__(self, message: Text, remedy: Text, field: str = "") -> None:
        super().__init__(message)
        self.message, self.remedy, self.field = message, remedy, field


def quoted(text: object) -> str:
    """The text as a message may show it: short, on one line, and without power over a terminal."""
    short = str(text)[:60]
    return "".join(letter if letter.isprintable() else "\N{MIDDLE DOT}" for letter in short)


def in_words(words: Iterable[str]) -> str:
    return ", ".join(words)


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """A question with the word most like this one; empty when none is."""
    candidates = [known for known, _count in zip(words, range(CANDIDATES), strict=False)]
    likely = get_close_matches(word[:60], candidates, n=1, cutoff=0.6)
    return _("did you mean “%(word)s”?") % {"word": likely[0]} if likely else ""


def one_of(words: Iterable[str], word: str) -> str:
    """The remedy of a word that is not in a short list."""
    known = list(words)
    allowed = _("write one of: %(words)s") % {"words": in_words(known)}
    return " ".join(filter(None, [did_you_mean(word, known), allowed]))


UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
