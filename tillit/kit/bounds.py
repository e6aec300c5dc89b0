"""The bounds of a period: known to the day, month, season or year, open, or unknown.

Written as in ISO 8601-2 (EDTF): `2012-12-31`, `2012-12`, `2013-23` (autumn), `2012`,
`[2006..2011-12-31]` (some day in between), `..` (open) and the empty text (unknown).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1000, 2200
SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}  # spring, summer, autumn, winter: their first month


class Precision(StrEnum):
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    BETWEEN = "between"
    OPEN = "open"
    UNKNOWN = "unknown"


class Edge(StrEnum):
    START = "start"
    END = "end"


@dataclass(frozen=True)
class Bound:
    """Some day from `earliest` to `latest`, both included; `text` is the bound as EDTF.

    date.min and date.max stand for no limit.
    """

    text: str
    precision: Precision
    earliest: date
    latest: date

    @property
    def is_unknown(self) -> bool:
        return self.precision is Precision.UNKNOWN

    @property
    def is_limitless(self) -> bool:
        """Whether nothing at all is said of when."""
        return self.is_unknown or self.is_open

    @property
    def is_open(self) -> bool:
        return self.precision is Precision.OPEN

    @property
    def parts(self) -> tuple["Bound", "Bound"]:
        """The two ends of a `between`."""
        first, last = self.text.strip("[]").split("..")
        return read_bound(first, Edge.START), read_bound(last, Edge.END)


def not_a_bound(text: str) -> ValidationError:
    return ValidationError(
        _(
            "“%(text)s” is not a day. Write for example 2012-12-31, 2012-12, 2013-23 (autumn 2013), "
            "2012, [2006..2011], .. (open), or nothing (unknown)."
        ),
        code="bound",
        params={"text": text[:40]},
    )


def read_bound(text: str, edge: Edge) -> Bound:
    """The bound that the text writes. Raises ValidationError when it writes none."""
    text = text.strip()
    if text == "":
        return Bound(text, Precision.UNKNOWN, date.min, date.max)
    if text == "..":
        limit = date.min if edge is Edge.START else date.max
        return Bound(text, Precision.OPEN, limit, limit)
    if text.startswith("["):
        return _between(text)
    try:
        return _known(text)
    except ValueError:
        raise not_a_bound(text) from None


def _between(text: str) -> Bound:
    match = re.fullmatch(r"\[([0-9-]*)\.\.([0-9-]*)\]", text)
    if not match or match.groups() == ("", ""):
        raise not_a_bound(text)
    first, last = read_bound(match[1], Edge.START), read_bound(match[2], Edge.END)
    if first.earliest > last.latest:
        raise not_a_bound(text)
    return Bound(text, Precision.BETWEEN, first.earliest, last.latest)


def _known(text: str) -> Bound:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text, re.ASCII):
        raise ValueError(text)
    year, *rest = map(int, text.split("-"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(text)
    match rest:
        case []:
            return Bound(text, Precision.YEAR, date(year, 1, 1), date(year, 12, 31))
        case [season] if season in SEASONS:
            first = date(year, SEASONS[season], 1)
            # Winter begins in December and reaches into the next year.
            last_year, last_month = (year + 1, 2) if season == 24 else (year, SEASONS[season] + 2)
            return Bound(text, Precision.SEASON, first, _month_end(last_year, last_month))
        case [month]:
            return Bound(text, Precision.MONTH, date(year, month, 1), _month_end(year, month))
        case _:
            day = date(year, rest[0], rest[1])
            return Bound(text, Precision.DAY, day, day)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def shift(day: date, days: int) -> date:
    """The day so many days later, staying within what a date can hold."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max
