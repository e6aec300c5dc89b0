"""A step that was taken with a record: established, attested, received, sent, weeded."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.models import Happened
from tillit.records.choices import State
from tillit.records.models.of_record import Done


class RecordStep(Happened, Done):
    """Who did it, when and why. `number` is its place among those of the record.

    `counterpart` is from whom it was received, or to whom it was sent.
    """

    names_people: ClassVar[bool] = True

    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(
        _("step"),
        max_length=12,
        choices=[it for it in State.choices if it[0] != State.DRAFT],
    )
    dated = models.CharField(_("day"), max_length=40, blank=True, help_text="EDTF")
    by = models.CharField(_("by whom"), max_length=200, blank=True)
    counterpart = models.CharField(_("from or to whom"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("step with a record")
        verbose_name_plural = _("steps with records")
        ordering = ["record", "number", "key"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.record}"

    def sought_beside(self) -> dict[str, Any]:
        return {}
