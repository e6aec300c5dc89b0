"""Rows of cells, wherever they came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tillit.kit.refusal import Refused

MOST_BYTES = 10 * 2**20
MOST_LINES = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 4000
MOST_LETTERS = 20_000_000  # of a whole grid: a workbook can repeat one long text in each cell


@dataclass(frozen=True)
class Line:
    """One row. `remarks` tell what was odd with it, to the person who brought it."""

    cells: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True)
class Grid:
    lines: Sequence[Line]

    @property
    def width(self) -> int:
        return max((len(line.cells) for line in self.lines), default=0)


def grid_of(lines: Iterable[Line]) -> Grid:
    """The lines that say something, within bounds. Raises Refused."""
    found = Grid(list(_within_bounds(lines)))
    if not found.lines:
        raise Refused(_("There is nothing in it to bring in."), 422)
    return found


def _within_bounds(lines: Iterable[Line]) -> Iterator[Line]:
    count = letters = 0
    for line in lines:
        it = Line(tidied(line.cells), line.remarks)
        if it.is_empty:
            continue
        count += 1
        letters += sum(map(len, it.cells))
        _refuse_too_much(count, len(it.cells), letters)
        yield it


def _refuse_too_much(count: int, columns: int, letters: int) -> None:
    said = ""
    if count > MOST_LINES:
        said = _("At most %(most)s rows can be brought in at a time. Divide the list.")
        said %= {"most": f"{MOST_LINES:,}".replace(",", "\u00a0")}
    elif columns > MOST_COLUMNS:
        said = _("A row has more than %(most)s cells. Keep the columns that are to be brought in.")
        said %= {"most": MOST_COLUMNS}
    elif letters > MOST_LETTERS:
        said = _("There is too much text in it to be a list. Keep the columns that are needed.")
    if said:
        raise Refused(said, 422)


def tidied(cells: Iterable[str]) -> tuple[str, ...]:
    """Without the spaces around, control characters, and what is empty at the end."""
    plain = [" ".join(_printable(cell[:LONGEST_CELL]).split()) for cell in cells]
    while plain and not plain[-1]:
        plain.pop()
    return tuple(plain)


def _printable(text: str) -> str:
    return "".join(" " if it < " " or it == "\x7f" else it for it in text)
