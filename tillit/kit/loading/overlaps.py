"""Rows of which only one may surely hold at a time."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from tillit.kit.models import Dated

D = TypeVar("D", bound=Dated)


def sure_overlaps(rows: Iterable[D]) -> Iterator[tuple[D, D]]:
    """Pairs of rows that surely hold on some common day, each later row with one before it."""
    sure = [(row.period, row) for row in rows]
    sure = sorted(
        (pair for pair in sure if pair[0].is_ever_certain), key=lambda pair: pair[0].certain_from
    )
    if not sure:
        return
    longest = sure[0]
    for pair in sure[1:]:
        if pair[0].surely_overlaps(longest[0]):
            yield longest[1], pair[1]
        if pair[0].certain_until > longest[0].certain_until:
            longest = pair
