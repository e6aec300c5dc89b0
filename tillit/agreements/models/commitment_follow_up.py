"""What a side did with what it promised, in a year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.commitment import Commitment
from tillit.kit.bounds import FIRST_YEAR, LAST_YEAR
from tillit.kit.models import Row


class CommitmentFollowUp(Row):
    """A year's text, in Markdown, by the side that promised."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="follow_ups")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("follow-up of a commitment")
        verbose_name_plural = _("follow-ups of commitments")
        ordering = ["commitment", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "year"], name="agreements_commitment_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment}, {self.year}"

    def get_absolute_url(self) -> str:
        return self.commitment.get_absolute_url()

    def lock(self) -> None:
        self.commitment.version.lock()

    def guard(self) -> None:
        self.circle = self.commitment.circle

    @property
    def about(self) -> str:
        return self.commitment.about
