"""What a member answered to one of the umbrella's own questions."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.enquiries.models.asked import Asked
from tillit.enquiries.models.question import Kind, Question


class Answer(models.Model):
    """The value as plain JSON: a text, a number as text, true or false, or a list of alternatives."""

    asked = models.ForeignKey(Asked, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    value: Any = models.JSONField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__place", "question"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "question"], name="enquiries_answer_once")
        ]

    def __str__(self) -> str:
        return in_words(self.question.kind, self.value)


def in_words(kind: str, value: Any) -> str:
    """The value as people read it."""
    if value is None or value in ("", []):
        return ""
    if kind == Kind.YES_NO:
        return _now("yes") if value else _now("no")
    return ", ".join(value) if isinstance(value, list) else str(value)


def as_cell(kind: str, value: Any) -> Any:
    """The value as a spreadsheet holds it."""
    if kind == Kind.NUMBER and value not in (None, ""):
        return Decimal(value)
    return in_words(kind, value)
