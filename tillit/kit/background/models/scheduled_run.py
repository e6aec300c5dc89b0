"""When each entry of the schedule was last started, so that one time starts it once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScheduledRun(models.Model):
    """One row for each entry. `due_at` is the latest of its times that has been seen to."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    task_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("scheduled run")
        verbose_name_plural = _("scheduled runs")

    def __str__(self) -> str:
        return self.name
