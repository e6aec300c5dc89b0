"""Where copies of everything are to be kept."""

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

    class Meta:
        verbose_name = _("place of backups")
        verbose_name_plural = _("places of backups")

    def __str__(self) -> str:
        return self.folder

    @classmethod
    def current(cls) -> Self | None:
        found: Self | None = cls.objects.order_by("pk").first()
        return found
