"""Every list as a file: CSV, streamed however long, and XLSX. Safe to open in a spreadsheet."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import NamedTemporaryFile
from threading import BoundedSemaphore
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from tillit.kit.refusal import Refused

# Swedish spreadsheets part columns at semicolons, and know UTF-8 by its mark.
SEPARATOR, MARK = ";", "\ufeff"
# Also the wide ones, which some programs read as the others, and after what they pass over.
FORMULA = re.compile("[\\s\ufeff\u200b]*[-=+@＝＋－＠]|[\t\r\n]")
XLSX_ROWS = 5_000  # more than that takes longer than a person should wait
ROWS_A_CHUNK = 500
# A slow reader holds a thread for as long as the file lasts; the others are for pages.
FILES_AT_ONCE = 8
being_written = BoundedSemaphore(FILES_AT_ONCE)


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading, its value for a row, and the page that the value leads to."""

    title: str | Promise
    value: Callable[[Any], Any]
    link: Callable[[Any], str] | None = None
    name: str = ""  # of the source that the page shows beside the value
    template: str = ""  # how the page shows the value, when it is more than text


class Held:
    """The pieces of a file that holds a place among those being written, until it is closed."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self.pieces = pieces
        self.is_held = being_written.acquire(blocking=False)

    def __iter__(self) -> Iterator[str]:
        return self.pieces

    def close(self) -> None:
        """Called by Django when the answer is through, or nobody reads it any more."""
        if self.is_held:
            self.is_held = False
            being_written.release()


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def plain(value: Any) -> Any:
    """The value as a spreadsheet may hold it: numbers and days as they are, text never a formula."""
    if value is None:
        return ""
    if is_measure(value):
        return without_zone(value)
    text = str(value)
    return f"'{text}" if FORMULA.match(text) else text


def is_measure(value: Any) -> bool:
    """Whether it is a number or a day, and so no text that somebody wrote."""
    return isinstance(value, int | float | Decimal | date) and not isinstance(value, bool)


def without_zone(value: Any) -> Any:
    """Spreadsheets know no time zones: a moment is told by the clock on the wall."""
    aware = isinstance(value, datetime) and value.tzinfo is not None
    return timezone.localtime(value).replace(tzinfo=None) if aware else value


def csv_lines(
    columns: Sequence[Column], rows: Iterable[Any], language: str | None
) -> Iterator[str]:
    """The file in pieces. It is made after the view has answered, so it brings its language along."""
    with override(language):
        yield from _lines(columns, rows)


def _lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    writer = csv.writer(Echo(), delimiter=SEPARATOR)
    yield MARK + writer.writerow([plain(column.title) for column in columns])
    chunk: list[str] = []
    for row in rows:
        chunk.append(writer.writerow([plain(column.value(row)) for column in columns]))
        if len(chunk) == ROWS_A_CHUNK:
            yield "".join(chunk)
            chunk = []
    yield "".join(chunk)


def csv_file(name: str, columns: Sequence[Column], rows: Iterable[Any]) -> StreamingHttpResponse:
    pieces = Held(csv_lines(columns, rows, get_language()))
    if not pieces.is_held:
        raise Refused(
            _("Many files are being fetched just now. Try again in a minute."), status=503
        )
    return StreamingHttpResponse(
        pieces,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def xlsx_file(
    name: str, columns: Sequence[Column], rows: Iterable[Any], count: int
) -> HttpResponseBase:
    """The list as a workbook. Raises Refused when it is too long to make while somebody waits."""
    if count > XLSX_ROWS:
        raise Refused(
            _(
                "The list has %(count)s rows. A workbook takes %(most)s: "
                "narrow the list, or take the CSV file."
            )
            % {"count": count, "most": XLSX_ROWS}
        )
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    sheet.freeze_panes = "A2"
    for number in range(len(columns)):
        sheet.column_dimensions[get_column_letter(number + 1)].width = 40 if number == 0 else 22
    sheet.append([_cell(sheet, column.title) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, column.value(row)) for column in columns])
    file = NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


def _cell(sheet: Any, value: Any) -> Any:
    """Text as text: a cell that begins with = must not become a formula."""
    if value is None or is_measure(value):
        return without_zone(value)
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    cell.data_type = "s"
    return cell
