"""The numbers of the parts of a version: the next one, changing places, making room, closing gaps.

A number is one figure, or several with full stops between: 2.1 stands within 2, and goes with it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Parts = tuple[int, ...]
Renumbered = list[tuple[Any, Any]]  # rows with the numbers that they get


def parts_of(number: Any) -> Parts:
    return tuple(int(part) for part in str(number).split("."))


def as_number(parts: Parts, like: Any) -> Any:
    """As the row has it: a figure, or text."""
    return ".".join(map(str, parts)) if isinstance(like, str) else parts[0]


def next_number(numbers: Iterable[Any], first: Any = 1) -> Any:
    """The one after the last of the outermost."""
    taken = [parts_of(it)[0] for it in numbers]
    return as_number((max(taken, default=0) + 1,), first)


def siblings(rows: Iterable[Any], at: Parts) -> list[Parts]:
    """The numbers that stand within the same, also such as only have others within."""
    found = {parts_of(row.number)[: len(at)] for row in rows}
    return sorted(it for it in found if len(it) == len(at) and it[:-1] == at[:-1])


def replaced(rows: Iterable[Any], new: Mapping[Parts, Parts]) -> Renumbered:
    """The rows whose number begins with one that is replaced, with all that stands within."""
    found = []
    for row in rows:
        at = parts_of(row.number)
        for old, other in new.items():
            if at[: len(old)] == old and old != other:
                found.append((row, as_number(other + at[len(old) :], row.number)))
    return found


def moved(rows: Sequence[Any], row: Any, step: int) -> Renumbered:
    """The row and its neighbour change places; nothing where it has none."""
    at = parts_of(row.number)
    near = siblings(rows, at)
    place = near.index(at) + step
    if not 0 <= place < len(near):
        return []
    return replaced(rows, {at: near[place], near[place]: at})


def making_room(rows: Sequence[Any], number: Any) -> Renumbered:
    """The one that has the number, and those that follow upon it, go one step down."""
    at = parts_of(number)
    taken, new = {*siblings(rows, at)}, {}
    while at in taken:
        new[at] = at = (*at[:-1], at[-1] + 1)
    return replaced(rows, dict(reversed(new.items())))


def closed(rows: Sequence[Any]) -> Renumbered:
    """Numbered again without gaps, in the order in which they stand."""
    count: Counter[Parts] = Counter()
    new: dict[Parts, Parts] = {}
    known = {parts_of(row.number) for row in rows}
    for at in sorted({it[:depth] for it in known for depth in range(1, len(it) + 1)}):
        within = new.get(at[:-1], at[:-1])
        count[within] += 1
        new[at] = (*within, count[within])
    return [
        (row, as_number(new[at], row.number))
        for row in rows
        if new[at := parts_of(row.number)] != at
    ]
