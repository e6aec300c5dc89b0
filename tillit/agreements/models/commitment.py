"""What one side promises in a version."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.numbered import Numbered
from tillit.agreements.models.principle import Principle
from tillit.register.choices import Side


class Commitment(Numbered):
    """A promise of one side. What both promise is a row of each, so that each can be followed."""

    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    text = models.TextField(_("text"))
    principle = models.ForeignKey(
        Principle,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("principle"),
    )

    measures_serving: list[Any]  # those that serve it, likewise
    told_years: list[Any]  # its follow-ups, where these have been fetched: see reading

    counted_by: ClassVar[tuple[str, ...]] = ("version", "side")

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["version", "side", "number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(side__in=Side.values), name="agreements_commitment_side"
            ),
        ]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 90 else f"{self.text[:90].rsplit(' ', 1)[0]} …"

    def clean(self) -> None:
        super().clean()
        if self.principle and self.principle.version_id != self.version_id:
            raise ValidationError({"principle": _("The principle belongs to another version.")})
