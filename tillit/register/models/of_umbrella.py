"""Rows that the office of an umbrella reads: the organisation itself, and who looks after it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.kit.circles import Shared, SharedQuerySet, Viewer
from tillit.kit.models import Activity, Row
from tillit.kit.refusal import Refused
from tillit.register.models.organisation import Organisation


class OfUmbrella(Shared, Row):
    """A row of an umbrella's own. Nobody else reads it unless the noun says so."""

    umbrella = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        abstract = True

    def guard(self) -> None:
        it = self.umbrella
        self.circle = it.own_circle
        self.also = it.secretariat.own_circle if it.secretariat and not it.protected else ""

    @property
    def about(self) -> str:
        return self.umbrella.subject

    def refuse_undo(self, activity: Activity) -> None:
        """A deed is taken back by another, so that mails and what came with it follow."""
        raise Refused(_("This is not undone: it is taken back where it was done."), 409)


class OfBothQuerySet(SharedQuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        """What the umbrella's office reads, and the organisation that it is about."""
        of_member = Q(member_circle__in=viewer.circles)
        return self.filter(Q(circle__in=viewer.circles) | Q(also__in=viewer.circles) | of_member)


class OfBoth(OfUmbrella):
    """A row between an umbrella and one organisation. Both read it; `member` is the latter."""

    member: Any
    other_circles: ClassVar[tuple[str, ...]] = ("also", "member_circle")
    member_circle = models.CharField(max_length=120, blank=True, editable=False)

    objects: ClassVar[Any] = OfBothQuerySet.as_manager()

    class Meta:
        abstract = True

    def guard(self) -> None:
        super().guard()
        self.member_circle = self.member.own_circle if self.member else ""
