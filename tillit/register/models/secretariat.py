"""Which organisation keeps a side's secretariat, for a place and a period."""

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.models import Dated, DatedQuerySet, Row
from tillit.kit.periods import Reach
from tillit.register.choices import Side
from tillit.register.models.place import Place


class Secretariat(Row, Dated):
    """The secretariat of one side. It looks after the entries of its side's organisations."""

    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    organisation = models.ForeignKey(
        "register.Organisation", on_delete=models.PROTECT, related_name="secretariats"
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="secretariats"
    )

    # Kept until another takes over; what no source reaches back to it has not kept.
    reach: ClassVar[Reach] = Reach(before=0)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("secretariat")
        verbose_name_plural = _("secretariats")
        ordering = ["side", "key"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="register_secretariat_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_side_display()})"

    def get_absolute_url(self) -> str:
        return self.organisation.get_absolute_url()

    @property
    def own_circle(self) -> str:
        """The circle of those who work in it."""
        return self.subject

    def take_up(self) -> int:
        """Look after the side's organisations in the place that nobody looks after; how many."""
        organisations = apps.get_model("register", "Organisation").objects
        free = organisations.filter(secretariat=None, sector=self.side)
        if self.place:
            within = Q(presences__place=self.place) | Q(presences__place__parent=self.place)
            elsewhere = organisations.filter(~within, presences__isnull=False).values("pk")
            free = free.exclude(pk__in=elsewhere.exclude(pk__in=organisations.filter(within)))
        return int(free.update(secretariat=self))
