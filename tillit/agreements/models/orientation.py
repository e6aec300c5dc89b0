"""What is to be done in a year: concrete efforts, and what was put in the place of some."""

from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import EffortState, Responsible
from tillit.agreements.models.commitment import Commitment
from tillit.agreements.models.keeping import keep_to
from tillit.agreements.models.measure import Measure
from tillit.agreements.models.plan import YEAR
from tillit.agreements.models.planned import Planned
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import Happened, Row
from tillit.register.models import Organisation


class Orientation(Planned):
    """The orientation of a year. Its key is `agreement.year`."""

    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR)
    dialogue = models.CharField(_("prepared in dialogue with"), max_length=300, blank=True)

    class Meta(Planned.Meta):
        verbose_name = _("yearly orientation")
        verbose_name_plural = _("yearly orientations")
        ordering = ["agreement", "year"]
        constraints = [
            *Planned.Meta.constraints,
            models.UniqueConstraint(
                fields=["agreement", "year"],
                name="agreements_one_orientation_a_year",
                violation_error_message=_("The year has an orientation already."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("agreements:orientation", args=[self.agreement.key, self.year])

    def lock(self) -> None:
        one_at_a_time(f"agreements.orientations.{self.agreement_id}")

    def settle(self, day: date) -> None:
        efforts = apps.get_model("agreements", "Effort").objects.filter(orientation=self.pk)
        keep_to(efforts)
        instead = apps.get_model("agreements", "Reprioritisation")
        keep_to(instead.objects.filter(before__orientation=self.pk).select_related("before"))


class OfOrientation(Row):
    class Meta:
        abstract = True

    @property
    def of(self) -> Orientation:
        raise NotImplementedError

    @property
    def about(self) -> str:
        return self.of.about

    @property
    def anchor(self) -> str:
        return f"{self.noun}-{self.key.rpartition(f'{self.of.key}.')[2]}"

    def get_absolute_url(self) -> str:
        return f"{self.of.get_absolute_url()}#{self.anchor}"

    def lock(self) -> None:
        one_at_a_time(f"agreements.orientation.{self.of.pk}")


class Effort(OfOrientation):
    """A concrete effort (insats) of a year: who answers for it, who leads it, and what it serves."""

    orientation = models.ForeignKey(Orientation, on_delete=models.CASCADE, related_name="efforts")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    responsible = models.CharField(
        _("responsible"), max_length=10, choices=Responsible.choices, default=Responsible.JOINT
    )
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="led_efforts"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=EffortState.choices, default=EffortState.PLANNED
    )
    measures = models.ManyToManyField(Measure, blank=True, related_name="efforts")
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="efforts")

    class Meta:
        verbose_name = _("effort")
        verbose_name_plural = _("efforts")
        ordering = ["orientation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["orientation", "number"], name="agreements_effort_number_once"
            ),
            models.CheckConstraint(
                condition=Q(responsible__in=Responsible.values),
                name="agreements_effort_responsible",
            ),
            models.CheckConstraint(
                condition=Q(state__in=EffortState.values), name="agreements_effort_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def of(self) -> Orientation:
        return self.orientation

    @property
    def local_key(self) -> str:
        return str(self.key).removeprefix(f"{self.orientation.key}.")

    def guard(self) -> None:
        self.circle = self.orientation.circle


class Reprioritisation(Happened, OfOrientation):
    """During a year something else was put in an effort's place, or nothing. What was stays, beside
    what became of it and why.
    """

    before = models.OneToOneField(Effort, on_delete=models.CASCADE, related_name="replaced")
    after: Any = models.OneToOneField(
        Effort, on_delete=models.RESTRICT, null=True, blank=True, related_name="replaces"
    )
    reason = models.TextField(_("reason"), max_length=4000)
    dated = models.CharField(_("day"), max_length=40, blank=True, help_text="EDTF")
    decided_by = models.CharField(_("decided by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reprioritisation")
        verbose_name_plural = _("reprioritisations")
        ordering = ["before__orientation", "dated", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(after__isnull=True) | ~Q(after=models.F("before")),
                name="agreements_reprioritised_to_another",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="agreements_reprioritisation_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before.title} → {self.after.title if self.after else '–'}"

    @property
    def of(self) -> Orientation:
        return self.before.orientation

    def guard(self) -> None:
        self.circle = self.before.orientation.circle

    def clean(self) -> None:
        super().clean()
        if self.after and self.after.orientation_id != self.before.orientation_id:
            raise ValidationError({"after": _("The effort belongs to another year.")})
