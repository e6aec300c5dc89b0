"""The seal on a record that was signed here: it shows that nothing was changed, not who signed."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.models import Row
from tillit.kit.refusal import Refused
from tillit.records.models.record import Record, guard_files


class Seal(Row):
    """The sealed copy is a stored file of this subject; `certificate` (PEM) is what the seal is held
    against, also when the installation's key has been made anew. With a `fault` there is no copy.
    """

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="seal")
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    certificate = models.TextField(blank=True)
    sealed_at = models.DateTimeField(_("sealed"))
    fault = models.CharField(
        max_length=12, blank=True, choices=[("unreadable", _("The file can't be sealed"))]
    )

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return str(self.record)

    @property
    def about(self) -> str:
        return self.record.subject

    def get_absolute_url(self) -> str:
        return self.record.get_absolute_url()

    def guard(self) -> None:
        self.circle = self.record.circle

    def take_along(self) -> None:
        guard_files([self])

    def refuse_undo(self, activity: Any) -> None:
        raise Refused(_now("What was done with a record stands, and is not undone."), 409)
