"""Which organisation keeps a side's secretariat, for a place and a period."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.guarding import guard_anew
from tillit.kit.loading.resolving import chunks
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import Activity, Dated, DatedQuerySet, Row
from tillit.kit.periods import Reach
from tillit.kit.refusal import Refused
from tillit.register.choices import Side
from tillit.register.models.dependants import kept_of
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
        return reverse("register:secretariats")

    @property
    def own_circle(self) -> str:
        """The circle of those who work in it."""
        return self.subject

    @property
    def about(self) -> str:
        return self.organisation.subject

    def guard(self) -> None:
        self.circle = self.organisation.circle

    def clean(self) -> None:
        super().clean()
        if self.organisation.side != self.side:
            raise ValidationError(
                {"organisation": _("A side's secretariat is kept by an organisation of that side.")}
            )

    def lock(self) -> None:
        one_at_a_time(f"register.secretariat.{self.side}")

    def check_beside(self) -> None:
        self.check_all_beside([self])

    @classmethod
    def check_all_beside(cls, rows: Sequence["Secretariat"]) -> None:
        """A side has one secretariat in a place at a time."""
        there = defaultdict(list)
        for other in cls.objects.filter(side__in={it.side for it in rows if it.pk}).order_by():
            there[other.side, other.place_id].append(other)
        for row in (it for it in rows if it.pk):
            alike = (it for it in there[row.side, row.place_id] if it.pk != row.pk)
            if any(other.period.collides_with(row.period) for other in alike):
                raise ValidationError(
                    {"place": _("The side has a secretariat there already in that time.")}
                )

    def to_take_up(self) -> Any:
        """The side's organisations in the place that nobody looks after.

        Those of which no place is known are taken to be here.
        """
        organisations = apps.get_model("register", "Organisation").objects
        free = organisations.filter(secretariat=None, sector=self.side)
        if not self.place:
            return free
        within = Q(presences__place=self.place) | Q(presences__place__parent=self.place)
        elsewhere = organisations.filter(presences__isnull=False).exclude(
            pk__in=organisations.filter(within).values("pk")
        )
        return free.exclude(pk__in=elsewhere.values("pk"))

    def take_up(self) -> int:
        """Look after them from now on, and read what is kept of them; how many."""
        with transaction.atomic():
            taken = list(self.to_take_up().values_list("pk", flat=True))
            for chunk in chunks(taken):
                rows = apps.get_model("register", "Organisation").objects.filter(pk__in=chunk)
                rows.update(secretariat=self)
                guard_anew(kept_of(chunk))
        return len(taken)

    def release(self) -> int:
        """Look after nobody any more; how many it were."""
        with transaction.atomic():
            rows = apps.get_model("register", "Organisation").objects.filter(secretariat=self)
            held = list(rows.values_list("pk", flat=True))
            for chunk in chunks(held):
                rows.filter(pk__in=chunk).update(secretariat=None)
                guard_anew(kept_of(chunk))
        return len(held)

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(_now("Who keeps a secretariat is begun and ended, not undone."), 409)
