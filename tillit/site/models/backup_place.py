"""Where copies of everything are kept, for whom, and how it went."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import CircleField
from tillit.kit.models import Row
from tillit.register.choices import ADMINISTRATORS


class BackupPlace(Row):
    """A folder on the server. Only administrators see which."""

    carried: ClassVar[bool] = False  # another server has others

    circle = CircleField(max_length=120, default=ADMINISTRATORS)
    folder = models.CharField(_("folder"), max_length=400)
    # The public key that copies are made for. The other one is on paper, and not here.
    recipient = models.CharField(max_length=100, blank=True, editable=False)
    ready_at = models.DateTimeField(null=True, blank=True, editable=False)  # since there is a key

    class Meta:
        verbose_name = _("place of backups")
        verbose_name_plural = _("places of backups")

    def __str__(self) -> str:
        return self.folder

    @classmethod
    def current(cls) -> Self | None:
        found: Self | None = cls.objects.order_by("pk").first()
        return found

    @property
    def is_ready(self) -> bool:
        """Whether copies can be made: there is a folder for them, and a key."""
        return bool(self.folder and self.recipient)


class BackupRun(models.Model):
    """One copy, or a try at one: when, how large, and what stopped it."""

    began_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=100, blank=True)
    size = models.BigIntegerField(default=0)  # bytes
    fault = models.CharField(max_length=100, blank=True)  # the kind of error

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-began_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d}"
