"""What was changed, by whom and why: one row for each change, written in its transaction."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Circled


class Verb(models.TextChoices):
    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    REMOVED = "removed", _("removed")


class Activity(Circled):
    """One change. Actor and subject are opaque keys, so that any context can write here."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.CharField(max_length=240)
    subject = models.CharField(max_length=240, db_index=True)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    changes: Any = models.JSONField(default=dict)  # {field: [before, after]}
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
