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


@dataclass(frozen=True)
class Period:
    """A beginning, an end and, if need be, when a source shows it to hold."""

    start: Bound
    end: Bound
    seen_first: Bound | None = None
    seen_last: Bound | None = None
    reach: Reach = WITHOUT_LIMIT

    @classmethod
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
            if (
                self.seen_last.earliest < self.start.earliest
                or self.seen_first.latest > self.end.latest
            ):
                raise ValidationError(_("“Seen” lies outside the period."), code="seen")

    @property
    def certain_from(self) -> date:
        """The first day on which it surely holds; later than certain_until when there is none."""
        known = [self.start.latest]
        if self.end.earliest > date.min and not self.end.is_open:
            known.append(self.end.earliest)
        if self.seen_first:
            known.append(self.seen_first.earliest)
        return max(min(known), self.start.earliest)

    @property
    def certain_until(self) -> date:
        known = [self.end.earliest]
        if self.start.latest < date.max and not self.start.is_open:
            known.append(self.start.latest)
        if self.seen_last:
            known.append(self.seen_last.latest)
        return min(max(known), self.end.latest)

    @property
    def possible_from(self) -> date:
        if self.start.is_unknown and self.reach.before is not None and self.is_ever_certain:
            return shift(self.certain_from, -self.reach.before)
        return self.start.earliest

    @property
    def possible_until(self) -> date:
        if self.end.is_unknown and self.reach.after is not None and self.is_ever_certain:
            return shift(self.certain_until, self.reach.after)
        return self.end.latest

    @property
    def is_ever_certain(self) -> bool:
        return self.certain_from <= self.certain_until

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
        return max(self.certain_from, other.certain_from) <= min(
            self.certain_until, other.certain_until
        )


def read_seen(text: str) -> tuple[Bound | None, Bound | None]:
    """The first and last day of `seen`: one bound or two with a slash between."""
    if not text.strip():
        return None, None
    first, _slash, last = text.partition("/")
    bounds = read_bound(first, Edge.START), read_bound(last or first, Edge.END)
    if any(bound.is_open or bound.is_unknown for bound in bounds):
        raise ValidationError(_("“Seen” must be a day that is known."), code="seen")
    return bounds


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
