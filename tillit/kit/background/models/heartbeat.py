"""That a process in the background is alive, told by itself."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

BEAT = timedelta(seconds=15)
DEAD_AFTER = timedelta(seconds=90)


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def alive(self, now: datetime) -> "HeartbeatQuerySet":
        return self.filter(seen_at__gt=now - DEAD_AFTER)


class Heartbeat(models.Model):
    process = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10)  # worker or clock
    seen_at = models.DateTimeField(db_index=True)

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")

    def __str__(self) -> str:
        return f"{self.kind} {self.process}"
