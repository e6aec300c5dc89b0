"""One row of a list that is brought in."""

from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.intake.models.intake import Intake
from tillit.kit.bringing import Fate, Found
from tillit.kit.circles import Circled, CircledQuerySet


class IntakeRowQuerySet(CircledQuerySet):
    def open(self) -> Self:
        """Those of which something must be decided."""
        return self.filter(is_open=True)

    def doubtful(self) -> Self:
        return self.filter(is_doubtful=True)

    def of_fate(self, fate: Fate) -> Self:
        return self.filter(choice__startswith=fate)


class IntakeRow(Circled):
    """What a row says and was recognised as, and what somebody decided of it.

    `choice` is “new”, “skip”, “same:KEY”, “row:NUMBER”, or empty while nobody has chosen.
    """

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells: Any = models.JSONField(default=dict)  # by what the columns tell
    found: Any = models.JSONField(default=dict)
    choice = models.CharField(max_length=220, blank=True)
    answer = models.BooleanField(null=True)
    is_open = models.BooleanField(default=False)
    is_doubtful = models.BooleanField(default=False)

    objects: ClassVar[Any] = IntakeRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["intake", "number"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="intake_row_number")
        ]
        indexes = [models.Index(fields=["intake", "is_open", "number"], name="intake_row_open")]

    def __str__(self) -> str:
        return f"{self.intake}: {self.number}"

    def guard(self) -> None:
        self.circle = self.intake.circle

    @property
    def as_found(self) -> Found:
        return Found.of(self.found)

    @property
    def choices(self) -> list[str]:
        """What may be chosen."""
        found = self.as_found
        if found.fault:
            return [Fate.SKIP]
        return [*(it.choice for it in found.alike), Fate.NEW, Fate.SKIP]

    def decide(self, choice: str, *, answer: bool | None) -> None:
        """Take what somebody chose; a row is open as long as something is left to say."""
        self.choice, self.answer = choice, answer
        asks = bool(self.found.get("question")) and choice == Fate.NEW
        self.is_open = not choice or (asks and answer is None)

    def take_suggestion(self) -> None:
        """The likeliest that it is the same as, or else new; and the careful answer."""
        found = self.as_found
        likely = next((it.choice for it in found.alike if it.is_likely), Fate.NEW)
        answer = self.answer if self.answer is not None else found.advised
        self.decide(self.choice or likely, answer=answer if found.question else None)
