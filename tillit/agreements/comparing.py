"""Two versions beside each other: what was taken away, and what came."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from tillit.agreements.models import Aim, Principle, Section, Version
from tillit.agreements.reading import parts_of
from tillit.kit.circles import Viewer
from tillit.kit.markdown_text import as_text

# Words and what stands between them; marks of punctuation by themselves.
WORDS = re.compile(r"\w+|\s+|[^\w\s]")


class Mark(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    mark: Mark
    text: str


@dataclass(frozen=True)
class Passage:
    """A part that both versions may have, as it was and as it became; None: the version has none."""

    title: str
    before: list[Piece] | None
    after: list[Piece] | None

    @property
    def is_changed(self) -> bool:
        both = [*(self.before or []), *(self.after or [])]
        return any(it.mark is not Mark.SAME for it in both)


def compared(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """The words of both, each marked by whether the other has them."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    left, right = [], []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = tag == "equal"
        if a < b:
            left.append(Piece(Mark.SAME if same else Mark.GONE, "".join(old[a:b])))
        if c < d:
            right.append(Piece(Mark.SAME if same else Mark.NEW, "".join(new[c:d])))
    return left, right


def passage(title: str, before: str | None, after: str | None) -> Passage:
    if before is None or after is None:
        gone = None if before is None else [Piece(Mark.GONE, before)]
        new = None if after is None else [Piece(Mark.NEW, after)]
        return Passage(title, gone, new)
    return Passage(title, *compared(before, after))


def passages(before: Iterable[Any], after: Iterable[Any]) -> Iterator[Passage]:
    """Parts of two versions, matched by what they are called."""
    old, new = titled(before), titled(after)
    for title in dict.fromkeys([*old, *new]):
        yield passage(title, old.get(title), new.get(title))


def titled(rows: Iterable[Any]) -> dict[str, str]:
    return {str(row): said_by(row) for row in rows}


def said_by(row: Any) -> str:
    """Its words as they are read. What changes in a mark of Markdown alone is no change of them."""
    is_markdown = isinstance(row, (Section, Aim, Principle))
    return as_text(row.text).strip() if is_markdown else str(row.text)


@dataclass(frozen=True)
class Comparison:
    """Two versions, part by part; a kind of part is left out where one of them tells nothing of it."""

    before: Version
    after: Version
    viewer: Viewer

    def of(self, name: str) -> list[Passage]:
        old = parts_of(self.before, name, self.viewer)
        new = parts_of(self.after, name, self.viewer)
        return list(passages(old, new)) if old and new else []
