"""What an agreement is for, as a version says: its purpose, the vision, the goals."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import AimKind
from tillit.agreements.models.numbered import Numbered

# The purpose before the vision, the vision before the goals.
AS_TOLD = models.Case(
    *(models.When(kind=kind, then=place) for place, kind in enumerate(AimKind.values))
)


class Aim(Numbered):
    """One purpose, vision or goal, in Markdown. Those of a kind are counted by themselves."""

    kind = models.CharField(_("kind"), max_length=10, choices=AimKind.choices)
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    text = models.TextField(_("text"))

    counted_by: ClassVar[tuple[str, ...]] = ("version", "kind")

    class Meta:
        verbose_name = _("purpose, vision or goal")
        verbose_name_plural = _("purpose, vision and goals")
        ordering = ["version", AS_TOLD, "number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=AimKind.values), name="agreements_aim_kind"
            ),
        ]

    def __str__(self) -> str:
        """There mostly is one purpose and one vision, which need no number."""
        is_alone = self.number == 1 and self.kind != AimKind.GOAL
        return str(
            self.get_kind_display() if is_alone else f"{self.get_kind_display()} {self.number}"
        )
