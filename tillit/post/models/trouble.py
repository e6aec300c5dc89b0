"""What keeps all mail from being sent, from the first time it was seen until mail goes again."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(minutes=30)


class Trouble(models.Model):
    """The row is there as long as the trouble is. `fault` is one of `verdicts.Fault`."""

    fault = models.CharField(max_length=30)
    reply = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    ONLY: ClassVar[int] = 1

    class Meta:
        verbose_name = _("trouble with the mail server")
        verbose_name_plural = _("troubles with the mail server")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="post_trouble_one"),
        ]

    def __str__(self) -> str:
        return self.fault

    @classmethod
    def current(cls) -> "Trouble | None":
        return cls.objects.filter(pk=cls.ONLY).first()

    @classmethod
    def seen(cls, fault: str, reply: str, now: datetime) -> None:
        told = {"fault": fault, "reply": reply[:300], "seen_at": now}
        cls.objects.update_or_create(
            pk=cls.ONLY, defaults=told, create_defaults={**told, "since": now}
        )

    @classmethod
    def over(cls) -> None:
        cls.objects.filter(pk=cls.ONLY).delete()

    def try_again_at(self) -> datetime:
        """The longer it has lasted the longer the pause: servers lock out who knocks too often."""
        return self.seen_at + min(max((self.seen_at - self.since) / 2, SHORTEST), LONGEST)
