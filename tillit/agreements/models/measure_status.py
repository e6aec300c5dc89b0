"""How one side says that it goes with a measure, since a day and why."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import MeasureState
from tillit.agreements.models.measure import Measure
from tillit.kit.models import Happened, Row
from tillit.register.choices import Side


class MeasureStatus(Happened, Row):
    """That a side said so is a row. How it goes is what both say, or else what each of them says."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="statuses")
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    status = models.CharField(_("how it goes"), max_length=10, choices=MeasureState.choices)
    dated = models.CharField(_("since"), max_length=40, help_text="EDTF")
    reason = models.TextField(_("reason"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("status of a measure")
        verbose_name_plural = _("statuses of measures")
        ordering = ["measure", "dated", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="agreements_status_side"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=MeasureState.values),
                name="agreements_status_status",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return self.measure.get_absolute_url()

    def lock(self) -> None:
        self.measure.version.lock()

    def guard(self) -> None:
        self.circle = self.measure.circle

    @property
    def about(self) -> str:
        return self.measure.about
