"""Sheets of a workbook (XLSX): dates as days, formulas by what they gave, merged cells as read."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from tillit.kit.grids.archives import safe_archive
from tillit.kit.grids.grid import MOST_COLUMNS, Line
from tillit.kit.refusal import Refused

MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
MOST_MERGED = 100_000  # cells
FORMULA = re.compile(rb"<f[\s>/]")
BOOK = "xl/workbook.xml"
FAULTS = (
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    ParseError,
)
Merged = Mapping[tuple[int, int], tuple[int, int]]


def is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def sheets_of(data: bytes) -> list[str]:
    """The names of its sheets. Raises Refused when it is no workbook that can be read."""
    archive = safe_archive(data)
    if BOOK not in archive.namelist():
        raise Refused(
            _("This is no workbook. Save the list as XLSX or CSV, or paste it as text."), 422
        )
    try:
        book = load_workbook(io.BytesIO(data), read_only=True)
        return [str(it.title) for it in book.worksheets]
    except FAULTS:
        raise _damaged() from None


def sheet_lines(data: bytes, number: int) -> Iterator[Line]:
    """The rows of a sheet. Raises Refused."""
    sheets = sheets_of(data)
    if not 0 <= number < len(sheets):
        raise Refused(_("There is no such sheet in the workbook."), 422)
    try:
        yield from _lines(data, number)
    except FAULTS:
        raise _damaged() from None


def _damaged() -> Refused:
    return Refused(
        _("The workbook can't be read. Open it, save it anew as XLSX, and try again."), 422
    )


def _lines(data: bytes, number: int) -> Iterator[Line]:
    raw = _raw(data, number)
    merged = _merged(raw)
    shown = _rows(data, number, values=True)
    written = _rows(data, number, values=False) if FORMULA.search(raw) else None
    above: dict[tuple[int, int], str] = {}
    for at, row in enumerate(shown, 1):
        formulas = next(written, ()) if written else ()
        yield _line(at, row, formulas, merged, above)


def _line(
    at: int, row: tuple[Any, ...], formulas: tuple[Any, ...], merged: Merged, above: dict[Any, str]
) -> Line:
    """One row. What stands merged above it is said again here."""
    cells = [_text(it) for it in row]
    remarks = set()
    for column, cell in enumerate(cells, 1):
        first = merged.get((at, column))
        if first == (at, column):
            above[first] = cell
        elif first and first in above:
            cells[column - 1] = above[first]
            remarks.add(
                _("A cell that is merged with those above is read as if it stood here too.")
            )
    for cell, formula in zip(cells, formulas, strict=False):
        if not cell and isinstance(formula, str) and formula.startswith("="):
            remarks.add(_("A formula has no saved result, so its cell is empty here."))
    return Line(tuple(cells), tuple(sorted(remarks)))


def _rows(data: bytes, number: int, *, values: bool) -> Iterator[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=values)
    sheet: Any = book.worksheets[number]
    sheet.reset_dimensions()  # what it says of its own size may be a lie
    yield from sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1)


def _text(value: Any) -> str:
    """A cell as one reads it: a day as 2012-12-31, a number without decimals that say nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes").removesuffix(" 00:00")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _raw(data: bytes, number: int) -> bytes:
    """The sheet as it stands in the archive."""
    book = load_workbook(io.BytesIO(data), read_only=True)
    sheet: Any = book.worksheets[number]
    raw: bytes = safe_archive(data).read(sheet._worksheet_path.lstrip("/"))  # noqa: SLF001 (has no other way)
    return raw


def _merged(raw: bytes) -> Merged:
    """For each cell of a column that is merged with others below, the first of them."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for ref in MERGED.findall(raw):
        left, top, right, bottom = range_boundaries(ref.decode())
        if left == right and len(found) + bottom - top < MOST_MERGED:
            found |= {(row, left): (top, left) for row in range(top, bottom + 1)}
    return found
