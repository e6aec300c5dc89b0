"""How something is read: guessed from its bytes, and correctable in each part."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.grids import cards, encodings, prose, tables, workbooks
from tillit.kit.grids.grid import Grid, Line, grid_of
from tillit.kit.refusal import Refused

TABLE, LINES, RUNNING, CARDS, WORKBOOK = "table", "lines", "running", "cards", "workbook"
# How text may be read. A workbook is none.
SHAPES = {
    TABLE: gettext_lazy("A table with a separator between the cells"),
    LINES: gettext_lazy("One on each line"),
    RUNNING: gettext_lazy("Running text with commas between them"),
    CARDS: gettext_lazy("Cards (vCard)"),
}
# How files begin that can't be read here, with what can be done about it.
FOREIGN = {
    b"%PDF": gettext_lazy(
        "This is a PDF, whatever it is called. Copy the list out of it and paste it."
    ),
    b"\xd0\xcf\x11\xe0": gettext_lazy(
        "This is a file of an old kind, or locked with a password. Save it as XLSX, or copy the list "
        "and paste it."
    ),
    b"{\\rtf": gettext_lazy("This is a text document. Copy the list out of it and paste it."),
    b"\x89PNG": gettext_lazy("This is a picture. Write the list as text."),
    b"\xff\xd8\xff": gettext_lazy("This is a picture. Write the list as text."),
}


@dataclass(frozen=True)
class Reading:
    """How bytes become rows of cells."""

    shape: str = LINES
    encoding: str = encodings.UTF8
    separator: str = ""
    sheet: int = 0

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Reading":
        return cls(**{name: kept[name] for name in cls.__dataclass_fields__ if name in kept})

    def with_other(self, **new: Any) -> "Reading":
        return replace(self, **new)


def guess(data: bytes) -> Reading:
    """How it is likely to be read. Raises Refused with words for what never can be."""
    refuse_foreign(data)
    if workbooks.is_workbook(data):
        workbooks.sheets_of(data)
        return Reading(WORKBOOK)
    encoding = encodings.guess_encoding(data)
    text = encodings.decode(data, encoding)
    if cards.is_cards(text):
        return Reading(CARDS, encoding)
    separator = tables.guess_separator(text)
    if separator:
        return Reading(TABLE, encoding, separator)
    return Reading(RUNNING if prose.is_running(text) else LINES, encoding, ",")


def refuse_foreign(data: bytes) -> None:
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Refused(_("There is nothing in it to bring in."), 422)
    for beginning, words in FOREIGN.items():
        if data.lstrip().startswith(beginning):
            raise Refused(words, 422)


def read(data: bytes, reading: Reading) -> Grid:
    """The rows of cells, read so. Raises Refused."""
    return grid_of(_lines(data, reading))


def _lines(data: bytes, reading: Reading) -> Iterator[Line]:
    if reading.shape == WORKBOOK:
        return workbooks.sheet_lines(data, reading.sheet)
    text = encodings.decode(data, reading.encoding)
    if reading.shape == CARDS:
        return cards.card_lines(text)
    if reading.shape == TABLE:
        return tables.table_lines(text, reading.separator or ",")
    return prose.running_lines(text) if reading.shape == RUNNING else prose.single_lines(text)
