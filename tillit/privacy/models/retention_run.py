"""When personal data that was old enough was erased, and how much."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class RetentionRun(models.Model):
    """One run of one retention. A run without an end did not get there."""

    name = models.CharField(max_length=60, db_index=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    count = models.PositiveIntegerField(null=True)
    fault = models.CharField(max_length=100, blank=True)  # the kind of error, never its words

    objects: ClassVar[models.Manager["RetentionRun"]] = models.Manager()

    class Meta:
        verbose_name = _("run of a retention")
        verbose_name_plural = _("runs of retentions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.started_at:%Y-%m-%d}"
