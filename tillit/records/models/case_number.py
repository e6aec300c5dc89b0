"""Under which number an organisation has entered a record in its own registry."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import FoldedField
from tillit.records.models.of_record import ByOrganisation


class CaseNumber(ByOrganisation):
    """Written as the organisation writes it: Ks1216/2018, KSN-2016-1422, 0032/17 (MUCF)."""

    number = models.CharField(_("case number"), max_length=80)
    folded = FoldedField(derive="number", max_length=80)

    class Meta:
        verbose_name = _("case number")
        verbose_name_plural = _("case numbers")
        ordering = ["record", "organisation__sort_key", "key"]

    def __str__(self) -> str:
        return f"{self.number}, {self.organisation}"

    def sought_beside(self) -> dict[str, Any]:
        return {**super().sought_beside(), "number": self.number}
