"""Who is a member of an umbrella on a day, how sure that is, and what the sources state instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tillit.kit.circles import Viewer
from tillit.kit.models import StatedFigure
from tillit.kit.models.dated import Tally
from tillit.kit.periods import Standing
from tillit.register.choices import Measure
from tillit.register.models import Membership, Organisation
from tillit.register.models.membership import MembershipQuerySet

MOST_YEARS = 60


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
            umbrella=self.umbrella, member__in=Organisation.objects.visible_to(self.viewer)
        )

    @property
    def memberships(self) -> MembershipQuerySet:
        return self.all_memberships.on(self.day)

    @cached_property
    def tally(self) -> Tally:
        """How many there are on the day, and of how many no source shows it."""
        return self.all_memberships.tally_on(self.day)

    @property
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
        rows = list(self.all_memberships.only("start", "end", "seen"))
        first = min(
            (row.as_read.certain_from.year for row in rows if row.as_read.is_ever_certain),
            default=last,
        )
        for year in range(max(first, last - MOST_YEARS), last + 1):
            yield self._year(year, rows)

    def _year(self, year: int, rows: list[Membership]) -> Year:
        end = date(year, 12, 31)
        standing = [row.standing_on(end) for row in rows]
        return Year(
            year=year,
            joined=sum(row.began_in(year) for row in rows),
            left=sum(row.ended_in(year) for row in rows),
            members=len(standing) - standing.count(Standing.NOT),
            assumed=standing.count(Standing.ASSUMED),
            stated=tuple(
                figure
                for figure in self.all_stated
                if figure.as_read.certain_from.year <= year <= figure.as_read.certain_until.year
            ),
        )
