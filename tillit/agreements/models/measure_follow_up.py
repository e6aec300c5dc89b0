"""What one side says that came of a measure in a year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.measure import Measure
from tillit.kit.bounds import FIRST_YEAR, LAST_YEAR
from tillit.kit.models import Row
from tillit.register.choices import Side


class MeasureFollowUp(Row):
    """A year's text, in Markdown, by one side. Where only one side has told, that is seen."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="follow_ups")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    text = models.TextField(_("text"))
    open_points = models.TextField(_("open points"), blank=True)  # in Markdown as well

    class Meta:
        verbose_name = _("follow-up of a measure")
        verbose_name_plural = _("follow-ups of measures")
        ordering = ["measure", "-year", "side"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="agreements_follow_up_side"
            ),
            models.UniqueConstraint(
                fields=["measure", "year", "side"], name="agreements_follow_up_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.year}"

    def get_absolute_url(self) -> str:
        return f"{self.measure.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"{self.year}-{self.side}"

    def lock(self) -> None:
        self.measure.version.lock()

    def guard(self) -> None:
        self.circle = self.measure.circle

    @property
    def about(self) -> str:
        return self.measure.about
