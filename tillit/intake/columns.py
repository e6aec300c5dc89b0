"""Which column tells what: by its head, or by what stands in it."""

import re
from collections.abc import Sequence

from tillit.kit.bringing import Field, Values
from tillit.kit.grids.grid import Grid, Line
from tillit.kit.swedish import fold

SAMPLE = 40
MOST = 0.6  # of the cells in a column that look like what it is taken for
# How cells look that tell these; what they are called is the contexts'.
LOOKS = {
    "number": re.compile(r"(?:16)?\d{6}[-–\s]?\d{4}"),
    "mail": re.compile(r"(?:mailto:)?[^@\s]+@[^@\s]+\.\w+"),
    "web": re.compile(r"(?:https?://|www\.)\S+"),
}


def guess_head(grid: Grid, fields: Sequence[Field]) -> bool:
    """Whether the first row is the heads of the columns."""
    return any(_by_head(grid, fields))


def guess_columns(grid: Grid, fields: Sequence[Field], *, has_head: bool) -> list[str]:
    """For each column the field that it tells, or nothing."""
    if has_head:
        found = _by_head(grid, fields)
        return found + [""] * (grid.width - len(found))
    return _by_looks(grid, fields)


def _by_head(grid: Grid, fields: Sequence[Field]) -> list[str]:
    """Each field once, where its head is the most usual for it and something stands below."""
    heads = grid.lines[0].cells
    found = [""] * len(heads)
    empty = [not any(_cells(grid.lines[1:], at)) for at in range(len(heads))]
    for field in fields:
        usual = [fold(it) for it in (*field.heads, str(field.title))]
        places = [
            (empty[at], usual.index(fold(head)), at)
            for at, head in enumerate(heads)
            if not found[at] and fold(head) in usual
        ]
        if places:
            found[min(places)[2]] = field.name
    return found


def _by_looks(grid: Grid, fields: Sequence[Field]) -> list[str]:
    """Numbers and addresses show what they are; the first of the other columns is the name."""
    names = {field.name for field in fields}
    found: list[str] = []
    for at in range(grid.width):
        cells = _cells(grid.lines, at)
        looks = next((it for it in LOOKS if it in names - {*found} and _looks_so(cells, it)), "")
        first = fields[0].name if fields[0].name not in found and any(cells) else ""
        found.append(looks or first)
    return found


def _cells(lines: Sequence[Line], at: int) -> list[str]:
    """What stands in a column, in the first rows."""
    return [line.cells[at] for line in lines[:SAMPLE] if at < len(line.cells)]


def _looks_so(cells: Sequence[str], name: str) -> bool:
    telling = [it for it in cells if it]
    return sum(bool(LOOKS[name].fullmatch(it)) for it in telling) > MOST * len(telling)


def values_of(line: Line, columns: Sequence[str]) -> Values:
    """What the row tells, by field."""
    return {name: cell for name, cell in zip(columns, line.cells, strict=False) if name and cell}


def has_more_cells(line: Line, columns: Sequence[str]) -> bool:
    return len(line.cells) > len(columns)
