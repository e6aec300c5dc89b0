"""Periods: what the sources say of a beginning and an end, and what therefore holds on a day.

Each period has days on which it surely holds and days on which it may hold. On the latter the
answer says that it is assumed. The rule, in three lines:

- Two known bounds: sure from the latest beginning to the earliest end.
- A day on which a source shows the row to hold (`seen`) is sure, whatever the bounds.
- Beyond what is known a row may hold as far as its `Reach` goes.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tillit.kit.bounds import Bound, Edge, read_bound, shift


class Standing(StrEnum):
    """Whether a row holds on a day."""

    KNOWN = "known"
    ASSUMED = "assumed"
    NOT = "not"


@dataclass(frozen=True)
class Reach:
    """How many days a row is assumed to hold before and after what is known; None: without limit."""

    before: int | None = None
    after: int | None = None


WITHOUT_LIMIT = Reach()
REMEMBERED = (
    10_000  # periods that were read last: a register has far more rows than ways to write one
)


@dataclass(frozen=True)
class Period:
    """A beginning, an end and, if need be, when a source shows it to hold."""

    start: Bound
    end: Bound
    seen_first: Bound | None = None
    seen_last: Bound | None = None
    reach: Reach = WITHOUT_LIMIT

    @classmethod
    @lru_cache(maxsize=REMEMBERED)
    def read(cls, start: str, end: str, seen: str = "", reach: Reach = WITHOUT_LIMIT) -> "Period":
        """The period that the three EDTF texts write. Raises ValidationError when it is impossible."""
        first, last = read_seen(seen)
        period = cls(read_bound(start, Edge.START), read_bound(end, Edge.END), first, last, reach)
        period.must_be_possible()
        return period

    def must_be_possible(self) -> None:
        if self.start.earliest > self.end.latest:
            raise ValidationError(_("The period ends before it begins."), code="period")
        if self.seen_first and self.seen_last:
            if self.seen_first.earliest > self.seen_last.latest:
                raise ValidationError(_("“Seen” ends before it begins."), code="seen")
            first, last = self.seen_first, self.seen_last
            if last.latest < self.start.earliest or first.earliest > self.end.latest:
                raise ValidationError(_("“Seen” lies outside the period."), code="seen")

    @cached_property
    def _sure(self) -> tuple[date, date] | None:
        """The first and the last day on which it surely holds, if there is any."""
        spans = [span for span in (self._sure_by_bounds, self._sure_by_seen) if span]
        if not spans:
            return None
        return min(first for first, _last in spans), max(last for _first, last in spans)

    @property
    def _sure_by_bounds(self) -> tuple[date, date] | None:
        """From the latest beginning to the earliest end; a bound on one side makes its own day sure."""
        start, end = self.start, self.end
        if start.text == end.text and not start.is_limitless:
            return start.earliest, end.latest  # “2012/2012”: during all of it
        if start.latest == date.max and end.earliest == date.min:
            return None  # nothing is said of either
        first = start.latest if start.latest < date.max else end.earliest
        last = end.earliest if end.earliest > date.min else start.latest
        if first > last or first == date.max or last == date.min:
            return None
        return first, last

    @property
    def _sure_by_seen(self) -> tuple[date, date] | None:
        """The days seen, within the bounds: “seen in 2012” of a row that began in May is from May on."""
        if not (self.seen_first and self.seen_last):
            return None
        first = max(self.seen_first.earliest, self.start.earliest)
        last = min(self.seen_last.latest, self.end.latest)
        return (first, last) if first <= last else None

    @property
    def certain_from(self) -> date:
        """The first day on which it surely holds; date.max when there is none."""
        return self._sure[0] if self._sure else date.max

    @property
    def certain_until(self) -> date:
        return self._sure[1] if self._sure else date.min

    @property
    def possible_from(self) -> date:
        if self.start.earliest > date.min or self.start.is_open or self.reach.before is None:
            return self.start.earliest
        return shift(self.certain_from, -self.reach.before) if self._sure else date.min

    @property
    def possible_until(self) -> date:
        if self.end.latest < date.max or self.end.is_open or self.reach.after is None:
            return self.end.latest
        return shift(self.certain_until, self.reach.after) if self._sure else date.max

    @property
    def is_ever_certain(self) -> bool:
        return self._sure is not None

    def standing_on(self, day: date) -> Standing:
        if self.certain_from <= day <= self.certain_until:
            return Standing.KNOWN
        if self.possible_from <= day <= self.possible_until:
            return Standing.ASSUMED
        return Standing.NOT

    def active_on(self, day: date) -> bool:
        """Whether it holds on the day, surely or by assumption."""
        return self.standing_on(day) is not Standing.NOT

    def surely_overlaps(self, other: "Period") -> bool:
        """Whether both surely hold on some common day."""
        if not (self.is_ever_certain and other.is_ever_certain):
            return False
        return max(self.certain_from, other.certain_from) <= min(
            self.certain_until, other.certain_until
        )

    def may_meet(self, other: "Period") -> bool:
        """Whether both may hold on some common day."""
        first = max(self.possible_from, other.possible_from)
        return first <= min(self.possible_until, other.possible_until)

    def collides_with(self, other: "Period") -> bool:
        """Whether both hold on some common day, however late they began and soon they ended.

        What has no end collides with all that comes after it; what ends in a year does not with
        what begins in the same year.
        """
        first = max(self.latest_beginning, other.latest_beginning)
        return first <= min(self.earliest_end, other.earliest_end)

    @property
    def latest_beginning(self) -> date:
        return self.start.latest if self.start.latest < date.max else self.possible_from

    @property
    def earliest_end(self) -> date:
        return self.end.earliest if self.end.earliest > date.min else self.possible_until


def read_seen(text: str) -> tuple[Bound | None, Bound | None]:
    """The first and last day of `seen`: one bound or two with a slash between."""
    if not text.strip():
        return None, None
    first, _slash, last = text.partition("/")
    bounds = read_bound(first, Edge.START), read_bound(last or first, Edge.END)
    if any(bound.is_open or bound.is_unknown for bound in bounds):
        raise ValidationError(_("“Seen” must be a day that is known."), code="seen")
    return bounds


def seen_within(seen: str, start: str, end: str) -> str:
    """As much of “seen” as lies within the bounds; empty when none of it does."""
    first, last = read_seen(seen)
    if first is None or last is None:
        return ""
    begins, ends = read_bound(start, Edge.START), read_bound(end, Edge.END)
    lowest, highest = max(first.earliest, begins.earliest), min(last.latest, ends.latest)
    if (lowest, highest) == (first.earliest, last.latest):
        return seen
    if lowest > highest:
        return ""
    return str(lowest) if lowest == highest else f"{lowest}/{highest}"


def split_period(text: str) -> tuple[str, str]:
    """The beginning and the end of an EDTF interval. Raises ValidationError without a slash."""
    start, slash, end = text.partition("/")
    if not slash:
        raise ValidationError(
            _(
                "“%(text)s” is not a period: write BEGINNING/END, for example 2012-01-01/2012-12-31."
            ),
            code="period",
            params={"text": text[:40]},
        )
    return start.strip(), end.strip()
