"""The number of each heading of a document: the one written before it, or that of its order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

DEEPEST = 4
WRITTEN = re.compile(r"(?:§\s*)?((?:[1-9]\d{0,2})(?:\.[1-9]\d{0,2}){0,3})[.)]?\s+(?=\S)")


@dataclass
class Heading:
    number: str
    heading: str
    doubts: list[str] = field(default_factory=list)


class Numbering:
    """The headings of a document, each (level, text), with a number that no other one has.

    What is written is kept where all headings have a number and none comes twice; otherwise all are
    counted, and where something else was written it is said.
    """

    def __init__(self, headings: Sequence[tuple[int, str]]) -> None:
        self.headings = headings
        found = [WRITTEN.match(text) for _level, text in headings]
        numbers = [it[1] for it in found if it]
        self.is_written = len(numbers) == len(headings) == len({*numbers}) and in_order(numbers)

    def __iter__(self) -> Iterator[Heading]:
        counted = counted_numbers([level for level, _text in self.headings])
        for (_level, text), (number, is_left_out) in zip(self.headings, counted, strict=True):
            said = WRITTEN.match(text)
            if said and self.is_written:
                yield Heading(said[1], text[said.end() :])
                continue
            if said and said[1] != number and said[0].strip().isdigit():
                said = None  # “3 goals for the region” begins with a word
            it = Heading(number, text[said.end() :] if said else text)
            if said and said[1] != number:
                it.doubts.append(
                    _("The heading was numbered %(said)s; by its place it is %(number)s.")
                    % {"said": said[1], "number": number}
                )
            if is_left_out:
                it.doubts.append(_("A level of headings is left out before it."))
            yield it


def in_order(numbers: Sequence[str]) -> bool:
    places = [tuple(map(int, it.split("."))) for it in numbers]
    return places == sorted(places)


def counted_numbers(levels: Sequence[int]) -> Iterator[tuple[str, bool]]:
    """1, 1.1, 1.2, 2 …, and whether a level was left out just before."""
    counts: list[int] = []
    highest = min(levels, default=1)
    for level in levels:
        depth = min(level - highest + 1, DEEPEST)
        is_left_out = depth > len(counts) + 1
        depth = min(depth, len(counts) + 1)
        counts = [*counts[: depth - 1], (counts[depth - 1] if len(counts) >= depth else 0) + 1]
        yield ".".join(map(str, counts)), is_left_out
