"""Two versions beside each other: what was taken away, and what came."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from tillit.agreements.models import Version
from tillit.agreements.wordings import IN_MARKDOWN, Wording, wordings_among
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
    is_ours: bool = False  # it is called so in the page's language, and not by whoever wrote it

    @property
    def is_changed(self) -> bool:
        if self.before is None or self.after is None:
            return True
        return self.is_renamed or any(
            it.mark is not Mark.SAME for it in (*self.before, *self.after)
        )


@dataclass(frozen=True)
class Part:
    """A part of a version as it is compared: of the same `kind` alone with another."""

    kind: str
    title: str
    heading: str
    text: str

    @classmethod
    def of(cls, row: Wording) -> "Part":
        """Its words as they are read. What changes in a mark of Markdown alone is no change of them."""
        text = as_text(row.text).strip() if row.noun in IN_MARKDOWN else row.text
        return cls(row.kind, str(row), row.heading, text)

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


def gone(part: Part, *, is_known: bool) -> Passage:
    """What the later version has not, if all that it says is known."""
    pieces = [Piece(Mark.GONE if is_known else Mark.SAME, part.text)]
    return Passage(part.title, pieces, None, is_ours=bool(part.kind))


def new(part: Part, *, is_known: bool) -> Passage:
    """What the earlier version had not, if all that it said is known."""
    pieces = [Piece(Mark.NEW if is_known else Mark.SAME, part.text)]
    return Passage(part.title, None, pieces, is_ours=bool(part.kind))


def in_both(before: Part, after: Part) -> Passage:
    title = after.title if before.title == after.title else f"{before.title} → {after.title}"
    is_renamed = before.heading != after.heading
    pieces = compared(before.text, after.text)
    return Passage(title, *pieces, is_renamed=is_renamed, is_ours=bool(after.kind))


@dataclass(frozen=True)
class Beside:
    """The parts of two versions of one noun, and whether all that each says is known."""

    before: Sequence[Part]
    after: Sequence[Part]
    before_is_known: bool = True
    after_is_known: bool = True

    def passages(self) -> Iterator[Passage]:
        """In the order of the later version; what was taken away stands where it stood."""
        became = matched(self.before, self.after)
        left = [place for place in range(len(self.before)) if place not in became.values()]
        for place, part in enumerate(self.after):
            was = became.get(place)
            if was is None:
                yield new(part, is_known=self.before_is_known)
                continue
            while left and left[0] < was:
                yield gone(self.before[left.pop(0)], is_known=self.after_is_known)
            yield in_both(self.before[was], part)
        for place in left:
            yield gone(self.before[place], is_known=self.after_is_known)


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

    def by_noun(self) -> dict[str, list[Passage]]:
        """By the noun of what is compared, for each of which there is anything to tell."""
        known = self.before.is_known, self.after.is_known
        old, new = self.parts(self.before), self.parts(self.after)
        nouns = [it for it in {**old, **new} if all(known) or (it in old and it in new)]
        return {
            it: list(Beside(old.get(it, []), new.get(it, []), *known).passages()) for it in nouns
        }

    def parts(self, version: Version) -> dict[str, list[Part]]:
        found: dict[str, list[Part]] = defaultdict(list)
        for it in wordings_among([version], self.viewer):
            found[it.noun].append(Part.of(it))
        return found
