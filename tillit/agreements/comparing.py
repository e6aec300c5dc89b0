"""Two versions beside each other: what was taken away, and what came."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from tillit.agreements.models import Section, Version
from tillit.agreements.reading import parts_of
from tillit.agreements.wordings import IN_MARKDOWN, wordings_of
from tillit.kit.circles import Viewer
from tillit.kit.markdown_text import as_text
from tillit.kit.swedish import fold

# Words and what stands between them; marks of punctuation by themselves.
WORDS = re.compile(r"\w+|\s+|[^\w\s]")
WHOLE_WORDS = re.compile(r"\w+")
# The share of words in common from which on one part is the other reworded.
LIKE = 0.5


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
    is_renamed: bool = False  # other words in its heading; another number is no change

    @property
    def is_changed(self) -> bool:
        both = [*(self.before or []), *(self.after or [])]
        return self.is_renamed or any(it.mark is not Mark.SAME for it in both)


@dataclass(frozen=True)
class Part:
    """A part of a version as it is compared: of the same `kind` alone with another."""

    kind: str
    title: str
    heading: str
    text: str

    @classmethod
    def of(cls, row: Any) -> "Part":
        """Its words as they are read. What changes in a mark of Markdown alone is no change of them."""
        is_markdown = isinstance(row, Section) or row.noun in IN_MARKDOWN
        text = as_text(row.text).strip() if is_markdown else str(row.text)
        return cls(getattr(row, "kind", ""), str(row), row.heading, text)

    @property
    def words(self) -> Counter[str]:
        return Counter(WHOLE_WORDS.findall(f"{self.heading} {self.text}".casefold()))


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


def passage(before: Part | None, after: Part | None) -> Passage:
    if before is None or after is None:
        gone = None if before is None else [Piece(Mark.GONE, before.text)]
        new = None if after is None else [Piece(Mark.NEW, after.text)]
        return Passage((before or after or NO_PART).title, gone, new)
    title = after.title if before.title == after.title else f"{before.title} → {after.title}"
    is_renamed = before.heading != after.heading
    return Passage(title, *compared(before.text, after.text), is_renamed=is_renamed)


NO_PART = Part("", "", "", "")


def passages(before: Sequence[Part], after: Sequence[Part]) -> Iterator[Passage]:
    """In the order of the later version; what was taken away stands where it stood."""
    became = matched(before, after)
    gone = [place for place in range(len(before)) if place not in became.values()]
    for place, part in enumerate(after):
        was = became.get(place)
        while was is not None and gone and gone[0] < was:
            yield passage(before[gone.pop(0)], None)
        yield passage(None if was is None else before[was], part)
    for place in gone:
        yield passage(before[place], None)


def matched(before: Sequence[Part], after: Sequence[Part]) -> Mapping[int, int]:
    """What each part of the later version was in the earlier one, by their places: the one of the same
    heading, or else the one whose words are most like it. Numbers say nothing: a section that is put
    first moves them all.
    """
    found: dict[int, int] = {}
    for likeness, new, old in sorted(likenesses(before, after), key=lambda it: -it[0]):
        if likeness >= LIKE and new not in found and old not in found.values():
            found[new] = old
    return found


def likenesses(before: Sequence[Part], after: Sequence[Part]) -> Iterator[tuple[float, int, int]]:
    """How like each is to each of its kind, 0 to 2, over 1 if they are called the same, and where."""
    words = [it.words for it in before]
    for new, part in enumerate(after):
        said = part.words
        for old, former in enumerate(before):
            if part.kind == former.kind:
                is_called_so = part.heading and fold(part.heading) == fold(former.heading)
                yield is_like(said, words[old]) + bool(is_called_so), new, old


def is_like(one: Counter[str], other: Counter[str]) -> float:
    """The share of their words that both have, 0 to 1."""
    count = one.total() + other.total()
    return 2 * (one & other).total() / count if count else 1.0


@dataclass(frozen=True)
class Comparison:
    """Two versions, part by part. What a version doesn't have it has not only where its text is known;
    of a kind of which either tells nothing for want of a text, nothing is told.
    """

    before: Version
    after: Version
    viewer: Viewer

    @property
    def both_are_known(self) -> bool:
        return self.before.is_known and self.after.is_known

    def by_noun(self) -> dict[str, list[Passage]]:
        """By the noun of what is compared, for each of which there is anything to tell."""
        old, new = self.parts(self.before), self.parts(self.after)
        nouns = [it for it in {**old, **new} if self.both_are_known or (it in old and it in new)]
        return {it: list(passages(old.get(it, []), new.get(it, []))) for it in nouns}

    def parts(self, version: Version) -> dict[str, list[Part]]:
        found: dict[str, list[Any]] = {
            Section.noun: parts_of(version, "sections", self.viewer),
            **wordings_of(version, self.viewer),
        }
        return {noun: [Part.of(row) for row in rows] for noun, rows in found.items() if rows}
