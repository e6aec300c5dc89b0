"""Days as cells hold them: written in some way, or as the number by which a spreadsheet keeps them."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tillit.kit.bounds import Edge, read_bound
from tillit.kit.days import EARLIEST
from tillit.kit.part_days import TYPED, as_edtf

SPREADSHEET = date(1899, 12, 30)  # its day 0
# 1950 to 2100 by that number; a year has four figures, so neither is taken for the other.
FIRST, LAST = 18_264, 73_415
LATEST = date(2100, 12, 31)
TIME_OF_DAY = " 00:00"


def day_of(written: str) -> tuple[str, str]:
    """The day as ISO 8601 writes it, as far as it is known, and a remark. Empty when it is none."""
    text = written.strip().removesuffix(TIME_OF_DAY)
    if not text:
        return "", ""
    if text.isascii() and text.isdecimal() and FIRST <= int(text) <= LAST:
        day = (SPREADSHEET + timedelta(days=int(text))).isoformat()
        words = {"number": text, "day": day}
        return day, _("%(number)s is read as the day %(day)s, as spreadsheets keep it.") % words
    typed = as_edtf(_year_first(text))
    try:
        bound = read_bound(typed, Edge.START)
    except ValidationError:
        bound = None
    if bound is None or bound.precision not in TYPED or not _is_near(bound.earliest):
        return "", _("“%(text)s” is no day that can be read, and is left out.") % {
            "text": text[:40]
        }
    return typed, ""


def _year_first(text: str) -> str:
    """31/12/2012 and 31.12.2012 as 2012-12-31."""
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 3 and len(parts[2]) == 4 and all(it.isdecimal() for it in parts):
        return "-".join(reversed(parts))
    return text


def _is_near(day: date) -> bool:
    return EARLIEST <= day <= LATEST
