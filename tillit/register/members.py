"""Who is a member of an umbrella on a day, how sure that is, and what the sources state instead."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from tillit.kit.bounds import Edge, read_bound
from tillit.kit.circles import Viewer
from tillit.kit.models import StatedFigure
from tillit.kit.models.dated import Tally
from tillit.register.choices import Measure
from tillit.register.models import Membership, Organisation, Secretariat
from tillit.register.models.membership import MembershipQuerySet

MOST_YEARS = 60
SPAN = "possible_from", "certain_from", "certain_until", "possible_until"


def is_umbrella(organisation: Organisation, viewer: Viewer) -> bool:
    """Has members, or looks after a side and so may come to have some. Asked once a request."""
    looks_after = Exists(Secretariat.objects.filter(organisation=OuterRef("pk")))
    has_members = Exists(Membership.objects.filter(umbrella=OuterRef("pk")))
    found = Organisation.objects.filter(looks_after | has_members, pk=organisation.pk)
    return viewer.once(("register.is_umbrella", organisation.pk), found.exists)


@dataclass(frozen=True)
class Year:
    """A year of an umbrella: who joined and left by the sources, and members on its last day."""

    year: int
    joined: int
    left: int
    members: int
    assumed: int

    stated: tuple[StatedFigure, ...] = ()

    @property
    def tells_something(self) -> bool:
        return bool(self.joined or self.left or self.stated) or self.assumed < self.members

    @property
    def all_assumed(self) -> bool:
        return 0 < self.members == self.assumed


class MembersOn:
    """The members of an umbrella on a day, as far as the viewer may see."""

    def __init__(self, umbrella: Organisation, viewer: Viewer, day: date) -> None:
        self.umbrella, self.viewer, self.day = umbrella, viewer, day

    @property
    def all_memberships(self) -> MembershipQuerySet:
        return Membership.objects.visible_to(self.viewer).filter(
            umbrella=self.umbrella, member__circle__in=self.viewer.circles
        )

    @property
    def memberships(self) -> MembershipQuerySet:
        return self.all_memberships.on(self.day)

    @cached_property
    def tally(self) -> Tally:
        """How many there are on the day, and of how many no source shows it."""
        if "spans" not in self.__dict__:
            return self.all_memberships.tally_on(self.day)
        count = self.possible.on(self.day)
        return Tally(count, count - self.certain.on(self.day))

    @cached_property
    def spans(self) -> list[tuple[Any, ...]]:
        """The days and bounds of all memberships, fetched once for the years."""
        return list(self.all_memberships.order_by().values_list(*SPAN, "start", "end"))

    @cached_property
    def possible(self) -> "Spans":
        return Spans((row[0], row[3]) for row in self.spans)

    @cached_property
    def certain(self) -> "Spans":
        return Spans((row[1], row[2]) for row in self.spans)

    @cached_property
    def name(self) -> str:
        """What the umbrella was called on the day."""
        return self.umbrella.name_on(self.day)

    @property
    def count(self) -> int:
        return self.tally.count

    @property
    def assumed(self) -> int:
        return self.tally.assumed

    @property
    def all_assumed(self) -> bool:
        return self.tally.all_assumed

    @cached_property
    def stated(self) -> list[StatedFigure]:
        """What sources state the number to be on the day."""
        return [figure for figure in self.all_stated if figure.as_read.active_on(self.day)]

    @cached_property
    def all_stated(self) -> list[StatedFigure]:
        """What sources state the number to be, at any time."""
        figures = StatedFigure.objects.visible_to(self.viewer)
        return list(figures.filter(about=self.umbrella.subject, measure=Measure.MEMBERS))

    def by_year(self, last: int) -> Iterator[Year]:
        """The years from the first that a source tells of to `last`."""
        possible, certain = self.possible, self.certain
        joined = Counter(year_of(row[4], Edge.START) for row in self.spans)
        left = Counter(year_of(row[5], Edge.END) for row in self.spans)
        first = certain.first.year if certain.first else last
        for year in range(max(first, last - MOST_YEARS), last + 1):
            members = possible.on(date(year, 12, 31))
            yield Year(
                year=year,
                joined=joined[year],
                left=left[year],
                members=members,
                assumed=members - certain.on(date(year, 12, 31)),
                stated=tuple(self.stated_in(year)),
            )

    def stated_in(self, year: int) -> Iterator[StatedFigure]:
        for figure in self.all_stated:
            if figure.as_read.certain_from.year <= year <= figure.as_read.certain_until.year:
                yield figure


class Spans:
    """Many spans of days, counted by the day without going through them for each."""

    def __init__(self, spans: Iterable[tuple[date, date]]) -> None:
        found = [span for span in spans if span[0] <= span[1]]
        self.begun = sorted(first for first, _last in found)
        self.ended = sorted(last for _first, last in found)

    @property
    def first(self) -> date | None:
        return self.begun[0] if self.begun else None

    def on(self, day: date) -> int:
        return bisect_right(self.begun, day) - bisect_left(self.ended, day)


def year_of(text: str, edge: Edge) -> int | None:
    """The year in which the sources say that it was; None where they leave it between years."""
    bound = read_bound(text, edge)
    return bound.earliest.year if bound.earliest.year == bound.latest.year else None
