"""Which organisations have joined an agreement, and when."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.agreement import Agreement, surely_before
from tillit.kit.changes import Actor, change
from tillit.kit.circles import PUBLIC
from tillit.kit.days import format_period
from tillit.kit.locks import one_at_a_time
from tillit.kit.merging.periods import ended_with, joined
from tillit.kit.models import Dated, DatedQuerySet, Row
from tillit.kit.periods import Reach
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation

ENDLESS = ("", "..")


class AdherenceQuerySet(DatedQuerySet):
    def between(self, agreement: Agreement, organisation: Organisation) -> Self:
        """All times that the organisation has joined the agreement, the latest first."""
        of_both = self.filter(agreement=agreement, organisation=organisation)
        return of_both.order_by("-possible_from", "-pk")


class Adherence(Row, Dated):
    """An organisation stands behind an agreement for a period, without being party to it.

    That it left is its end; why stands in the activity. It is assumed to go on until a source ends it.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="adherences")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="adherences"
    )

    reach: ClassVar[Reach] = Reach(before=0)

    objects: ClassVar[Any] = AdherenceQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("adherence")
        verbose_name_plural = _("adherences")
        ordering = ["agreement", "organisation__sort_key", "pk"]
        constraints = [*Dated.Meta.constraints]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        return reverse("agreements:adherents", args=[self.agreement.key])

    @property
    def about(self) -> str:
        return self.agreement.subject

    @property
    def local_key(self) -> str:
        """By which its agreement calls it."""
        return str(self.key).removeprefix(f"{self.agreement.key}.")

    @property
    def goes_on(self) -> bool:
        """Whether no end of it is known."""
        return self.end in ENDLESS

    def leave(self, end: str, actor: Actor, reason: str) -> None:
        """The organisation leaves; `end` is its last day. Raises Refused when it has left already."""
        with transaction.atomic():
            self.lock()
            stored = Adherence.objects.select_for_update(of=("self",)).get(pk=self.pk)
            if not stored.goes_on:
                raise Refused(_("%(name)s has left already.") % {"name": self.organisation}, 409)
            change(stored, stored.bounded(end=end), actor, reason)

    def guard(self) -> None:
        """Whoever may not read both may not read that the one has joined the other."""
        circles = [self.agreement.circle, self.organisation.circle]
        self.circle = next((circle for circle in circles if circle != PUBLIC), PUBLIC)

    def lock(self) -> None:
        one_at_a_time(f"agreements.adherence.{self.agreement_id}")

    def clean(self) -> None:
        super().clean()
        if surely_before(self.period, self.agreement.period.start):
            raise ValidationError({"start": _("Nobody can join before the agreement is there.")})

    def check_beside(self) -> None:
        if self.pk:
            rows = Adherence.objects.between(self.agreement, self.organisation)
            self.refuse_overlap_with(rows)

    def refuse_overlap_with(self, others: Iterable["Adherence"]) -> None:
        """Raise ValidationError if the organisation has joined already then."""
        for other in others:
            if other.pk != self.pk and self.meets(other):
                words = {"name": self.organisation, "period": format_period(other.period)}
                raise ValidationError(
                    _("%(name)s has joined already then: %(period)s.") % words, code="overlap"
                )

    def meets(self, other: "Adherence") -> bool:
        mine, others = self.period, other.period
        return mine.collides_with(others) or mine.surely_overlaps(others)

    def sought_beside(self) -> dict[str, Any]:
        return {"agreement": self.agreement, "organisation": self.organisation}

    def says_the_same(self, other: Any) -> bool:
        return self.meets(other)

    def take_in(self, other: Any) -> dict[str, Any]:
        return dict(joined(self, other))

    def come_back(self, twin: Any) -> dict[str, Any] | None:
        """Who has left meanwhile has left."""
        return None if twin is None else ended_with(self, twin)
