"""A unit inside an organisation: an assembly, a board, a committee, an administration, a district."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import SortKeyField
from tillit.register.choices import UnitKind
from tillit.register.models.particular import Guarded


class Unit(Guarded):
    """A unit for the period in which it exists. Its key is `organisation.unit`."""

    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(max_length=14, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    sort_key = SortKeyField(derive="name")

    class Meta(Guarded.Meta):
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["organisation", "sort_key"]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def local_key(self) -> str:
        """By which its organisation calls it; the whole key of one that came to it by a merge."""
        return str(self.key).removeprefix(f"{self.organisation.key}.")

    def get_absolute_url(self) -> str:
        return reverse("register:unit", args=[self.organisation.key, self.local_key])

    def clean(self) -> None:
        super().clean()
        above, seen = self.parent, {self.key}
        while above is not None:
            if above.organisation_id != self.organisation_id:
                raise ValidationError(
                    {"parent": _("The unit above belongs to another organisation.")}
                )
            if above.key in seen:
                raise ValidationError({"parent": _("The unit would be a part of itself.")})
            seen.add(above.key)
            above = above.parent
