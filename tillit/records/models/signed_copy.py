"""A copy that a party sent in: signed on paper and scanned, or in a service of its own."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.records.models.of_record import Done
from tillit.records.models.record import guard_files


class SignedCopy(Done):
    """The bytes as they came; the file is a stored one of this subject."""

    names_people: ClassVar[bool] = True  # in ink

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    sent_in_at = models.DateTimeField(_("sent in"))

    class Meta:
        verbose_name = _("signed copy")
        verbose_name_plural = _("signed copies")
        ordering = ["record", "sent_in_at", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "organisation", "sha256"], name="records_signedcopy_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.record}"

    def take_along(self) -> None:
        guard_files([self])

    def sought_beside(self) -> dict[str, Any]:
        return {**super().sought_beside(), "sha256": self.sha256}
