"""The principles of a version: how many they are and what they are called is data."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.numbered import Numbered


class Principle(Numbered):
    """A principle. `taken_from` is the one of another agreement that it comes from, reworded or not."""

    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    taken_from: Any = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken_over",
        verbose_name=_("taken from"),
    )

    class Meta:
        verbose_name = _("principle")
        verbose_name_plural = _("principles")
        ordering = ["version", "number"]

    def __str__(self) -> str:
        return self.heading

    def clean(self) -> None:
        super().clean()
        if self.taken_from and self.taken_from.version_id == self.version_id is not None:
            raise ValidationError(
                {"taken_from": _("A principle is taken from another version than its own.")}
            )
