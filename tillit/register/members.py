"""Who is a member of an umbrella on a day, how sure that is, and what the sources state instead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, Q

from tillit.kit.circles import Viewer
from tillit.kit.models import StatedFigure
from tillit.kit.periods import Standing
from tillit.register.models import Membership, Organisation
from tillit.register.models.membership import MembershipQuerySet

MEASURE = "members"
MOST_YEARS = 60


@dataclass(frozen=True)
class Year:
    """A year of an umbrella: who joined and left by the sources, and members on its last day."""

    year: int
    joined: int
    left: int
    members: int
    assumed: int

    @property
    def tells_something(self) -> bool:
        return bool(self.joined or self.left) or self.assumed < self.members


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
    def _numbers(self) -> dict[str, int]:
        sure = Q(certain_from__lte=self.day, certain_until__gte=self.day)
        return self.memberships.aggregate(count=Count("pk"), sure=Count("pk", filter=sure))

    @property
    def name(self) -> str:
        """What the umbrella was called on the day."""
        return self.umbrella.name_on(self.day)

    @property
    def all_assumed(self) -> bool:
        return self.assumed == self.count

    @property
    def count(self) -> int:
        return self._numbers["count"]

    @property
    def assumed(self) -> int:
        """How many of them no source shows to be members on the day."""
        return self.count - self._numbers["sure"]

    @cached_property
    def stated(self) -> list[StatedFigure]:
        """What sources state the number to be on the day."""
        figures = StatedFigure.objects.visible_to(self.viewer).filter(
            about=self.umbrella.subject, measure=MEASURE
        )
        return list(figures.on(self.day))

    def by_year(self, last: int) -> Iterator[Year]:
        """The years from the first that a source tells of to `last`."""
        rows = list(self.all_memberships.only("start", "end", "seen"))
        first = min(
            (row.as_read.certain_from.year for row in rows if row.as_read.is_ever_certain),
            default=last,
        )
        for year in range(max(first, last - MOST_YEARS), last + 1):
            yield self._year(year, rows)

    @staticmethod
    def _year(year: int, rows: list[Membership]) -> Year:
        end = date(year, 12, 31)
        standing = [row.standing_on(end) for row in rows]
        return Year(
            year=year,
            joined=sum(row.began_in(year) for row in rows),
            left=sum(row.ended_in(year) for row in rows),
            members=len(standing) - standing.count(Standing.NOT),
            assumed=standing.count(Standing.ASSUMED),
        )
