"""Text with a separator between the cells: CSV, and what is copied from a spreadsheet."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.grids.grid import Line
from tillit.kit.refusal import Refused

SEPARATORS = {
    "\t": gettext_lazy("Tab"),
    ";": gettext_lazy("Semicolon"),
    ",": gettext_lazy("Comma"),
    "|": gettext_lazy("Vertical line"),
}
SAMPLE = 60  # lines
AGREEING = 0.6  # of the lines that have as many cells as most have


def guess_separator(text: str) -> str:
    """The one that most lines have equally many of; empty when the text is no table."""
    weighed = {it: _agreement(text, it) for it in SEPARATORS}
    best = max(weighed, key=lambda it: weighed[it])
    return best if weighed[best] else ""


def _agreement(text: str, separator: str) -> float:
    """How many cells the lines have, if most of them agree; else nothing."""
    sample = text[: SAMPLE * 400]
    lines = [cells for cells in _cells(sample, separator) if any(cells)][:SAMPLE]
    widths = Counter(len(cells) for cells in lines)
    width, count = max(widths.items(), key=lambda it: (it[1], it[0]), default=(0, 0))
    if width < 2 or count < AGREEING * len(lines):
        return 0
    return width * count / len(lines) + (separator == "\t")


def table_lines(text: str, separator: str) -> Iterator[Line]:
    """The lines as they are quoted: a separator or a line break within quotes parts nothing."""
    try:
        for cells in _cells(text, separator):
            yield Line(tuple(cells))
    except csv.Error:
        raise Refused(_("The table can't be read. Is a quotation mark left open?"), 422) from None


def _cells(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)
