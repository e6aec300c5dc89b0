"""An export that somebody has asked for in the browser, and fetches as a file."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.carrying.files import PASSING
from tillit.kit.circles import CircledQuerySet
from tillit.kit.fields import SubjectField
from tillit.kit.models import Activity, Row
from tillit.kit.refusal import Refused
from tillit.register.choices import ADMINISTRATORS

PATIENCE = timedelta(hours=1)


class ExportQuerySet(CircledQuerySet):
    def under_way(self) -> Any:
        return self.filter(made_at=None)


class Export(Row):
    """The whole register in one file, for whoever asked and for a few days.

    Its circle is the asker's own. That it was asked for, and why, all administrators read.
    """

    carried: ClassVar[bool] = False

    asked_by = SubjectField()
    asked_at = models.DateTimeField()
    reason = models.CharField(_("what it is for"), max_length=400)
    made_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    size = models.BigIntegerField(default=0)  # bytes

    objects: ClassVar[Any] = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"

    @property
    def path(self) -> str:
        """Its name in the storage."""
        return f"{PASSING}/{self.key}.zip"

    @property
    def told_to(self) -> tuple[str, str]:
        return ADMINISTRATORS, ""

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(_("An export is taken away, not undone."), 409)

    @property
    def is_under_way(self) -> bool:
        return self.made_at is None

    def is_late(self, now: datetime) -> bool:
        """Whether it should have been there by now."""
        return self.is_under_way and now - self.asked_at > PATIENCE
