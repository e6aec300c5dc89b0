"""The country, its counties and municipalities, by the codes of Statistics Sweden (SCB)."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import FoldedField, SortKeyField
from tillit.register.choices import PlaceKind

COUNTRY = "SE"


class Place(models.Model):
    """SE, a county by two digits, or a municipality by four, the first two being its county's."""

    noun: ClassVar[str] = "place"

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    kind = models.CharField(max_length=12, choices=PlaceKind.choices)
    name = models.CharField(_("name"), max_length=60)
    official_name = models.CharField(_("official name"), max_length=80)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    sort_key = SortKeyField(derive="name")
    folded = FoldedField(derive="name")

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="country", parent__isnull=True)
                | (~models.Q(kind="country") & models.Q(parent__isnull=False)),
                name="register_place_has_parent",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("register:place", args=[self.code.lower()])

    @property
    def key(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        return f"{self.noun}:{self.code}"
