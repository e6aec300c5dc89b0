"""Whose signature a record waits for, or has."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.records.models.of_record import ByOrganisation
from tillit.register.choices import Side


class Signatory(ByOrganisation):
    """An organisation that is to sign, on the side on which it does so. Guests have none."""

    side = models.CharField(_("side"), max_length=10, choices=Side.choices, blank=True)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["record", "side", "organisation__sort_key", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "organisation"], name="records_signatory_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.record}"
