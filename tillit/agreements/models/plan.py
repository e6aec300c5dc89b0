"""What the sides mean to do over several years: a plan, with one focus area a year."""

from datetime import date
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.agreement import surely_before
from tillit.agreements.models.keeping import keep_to
from tillit.agreements.models.planned import Planned
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import Dated, DatedQuerySet, Row
from tillit.kit.periods import Reach

YEAR = [MinValueValidator(1900), MaxValueValidator(2200)]


class Plan(Planned, Dated):
    """A plan for a period, mostly of several years. Its key is `agreement.plan`."""

    reach: ClassVar[Reach] = Reach(before=0)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Planned.Meta, Dated.Meta):
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["agreement", "possible_from", "key"]
        constraints = [*Dated.Meta.constraints, *Planned.Meta.constraints]

    def get_absolute_url(self) -> str:
        return reverse("agreements:plan", args=[self.agreement.key, self.local_key])

    def clean(self) -> None:
        super().clean()
        if surely_before(self.period, self.agreement.period.start):
            raise ValidationError({"start": _("The plan begins before the agreement does.")})

    def check_beside(self) -> None:
        """None of its years lies outside it."""
        for area in self.areas.all() if self.pk else ():
            area.plan = self
            area.clean()

    def settle(self, day: date) -> None:
        keep_to(apps.get_model("agreements", "FocusArea").objects.filter(plan=self.pk))


class FocusArea(Row):
    """What a year of a plan is about: one area a year. Its key is `agreement.plan.year`."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="areas")
    year = models.PositiveSmallIntegerField(_("year"), validators=YEAR)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("focus area")
        verbose_name_plural = _("focus areas")
        ordering = ["plan", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year"],
                name="agreements_one_area_a_year",
                violation_error_message=_("The year has a focus area already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"focusarea-{self.year}"

    @property
    def about(self) -> str:
        return self.plan.about

    def guard(self) -> None:
        self.circle = self.plan.circle

    def lock(self) -> None:
        one_at_a_time(f"agreements.plan.{self.plan_id}")

    def clean(self) -> None:
        super().clean()
        if not self.year:  # what is wrong with it is told at the field
            return
        period = self.plan.period
        if (
            date(self.year, 12, 31) < period.start.earliest
            or date(self.year, 1, 1) > period.end.latest
        ):
            raise ValidationError({"year": _("The year lies outside the plan's period.")})
