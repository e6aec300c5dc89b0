"""For whom a person acts, how far and for how long."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import SubjectField
from tillit.kit.loading.resolving import chunks
from tillit.kit.models import Activity
from tillit.kit.periods import Reach
from tillit.kit.refusal import Refused
from tillit.register.choices import LADDER, Extent
from tillit.register.models.contact import Contact
from tillit.register.models.kept import Kept, KeptQuerySet
from tillit.register.models.offered import Offered
from tillit.register.models.person import Person


class MandateQuerySet(KeptQuerySet):  # type: ignore[override] # its manager is its own
    def standing(self, day: date) -> Self:
        """Those that surely hold on the day. An assumed mandate opens nothing, nor one stopped."""
        return super().standing(day).filter(stopped_at__isnull=True)

    def lasting(self, day: date) -> Self:
        """Those that hold on the day or begin later."""
        return self.filter(possible_until__gte=day, stopped_at__isnull=True)

    def ended(self, day: date) -> Self:
        """Those that hold no more on the day."""
        return self.filter(Q(possible_until__lt=day) | Q(stopped_at__isnull=False))

    def administrators(self) -> Self:
        return self.filter(extent=Extent.ADMINISTER)


class Mandate(Offered, Kept):
    """A person acts for an organisation, or one unit of it. Given by somebody, and accepted.

    `through` is the function address by which the person holds it, if any. It holds to the end of
    its last day, unless it was stopped before (`stopped_at`).
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    through = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="mandates"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    ended_by = SubjectField(blank=True)  # a subject
    end_reason = models.CharField(_("reason"), max_length=400, blank=True)

    objects: ClassVar[Any] = MandateQuerySet.as_manager()

    # A mandate holds from its first day to its last, and is never assumed.
    reach: ClassVar[Reach] = Reach(before=0, after=0)

    class Meta(Kept.Meta):
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-certain_from", "pk"]
        constraints = [*Kept.Meta.constraints, *Offered.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_extent_display()}"

    def stands(self, day: date) -> bool:
        """Whether it holds on the day; asked of a row that was fetched."""
        return self.stopped_at is None and self.certain_from <= day <= self.certain_until

    def lasts(self, day: date) -> bool:
        """Whether it holds on the day or later."""
        return self.stopped_at is None and self.certain_until >= day

    @property
    def is_without_end(self) -> bool:
        return self.end == ".."

    def check_beside(self) -> None:
        self.check_all_beside([self])

    @classmethod
    def check_all_beside(cls, rows: Sequence["Mandate"]) -> None:
        """Nobody holds two mandates that lead into each other for the same at the same time."""
        by_person = defaultdict(list)
        for row in rows:
            if row.pk and row.stopped_at is None:
                by_person[row.person_id].append(row)
        for chunk in chunks(by_person):
            for other in cls.objects.filter(person__in=chunk, stopped_at__isnull=True).order_by():
                if any(it.leads_into(other) for it in by_person[other.person_id]):
                    raise ValidationError(_("The person has such a mandate already in that time."))

    def leads_into(self, other: "Mandate") -> bool:
        """Whether the other mandate of the person is for the same, of such an extent, in that time."""
        return (
            self.pk != other.pk
            and (self.organisation_id, self.unit_id) == (other.organisation_id, other.unit_id)
            and other.extent in self.extents_beside
            and self.period.may_meet(other.period)
        )

    @property
    def extents_beside(self) -> Sequence[str]:
        return LADDER if self.extent in LADDER else (self.extent,)

    def beside(self) -> Any:
        """The person's other mandates for the same, of such an extent, in that time."""
        period = self.period
        return Mandate.objects.filter(
            person=self.person,
            organisation=self.organisation,
            unit=self.unit,
            extent__in=self.extents_beside,
            stopped_at__isnull=True,
            possible_from__lte=period.possible_until,
            possible_until__gte=period.possible_from,
        ).exclude(pk=self.pk)

    def sought_beside(self) -> dict[str, Any]:
        said = {"person": self.person, "organisation": self.organisation, "unit": self.unit}
        return {**said, "extent__in": LADDER if self.extent in LADDER else (self.extent,)}

    def says_the_same(self, other: Any) -> bool:
        stopped = self.stopped_at or other.stopped_at
        return not stopped and self.period.collides_with(other.period)

    def take_in(self, other: Any) -> dict[str, Any]:
        """As far as either went: nobody is left with less by a merge."""
        extent = max((self.extent, other.extent), key=lambda it: Extent(it).rank)
        return {**super().take_in(other), "extent": extent}

    def come_back(self, twin: Any) -> dict[str, Any] | None:
        """What has been stopped, ended or made less meanwhile is so for it too."""
        said = super().come_back(twin)
        if said is None:
            return None
        less = min((self.extent, twin.extent), key=lambda it: Extent(it).rank)
        stopped = {name: getattr(twin, name) for name in ("stopped_at", "ended_by", "end_reason")}
        return {**said, "extent": less, **(stopped if twin.stopped_at else {})}

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(_now("A mandate is given and ended, not undone."), 409)
