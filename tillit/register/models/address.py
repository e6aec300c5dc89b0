"""Where post and visitors reach an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.register.choices import AddressKind
from tillit.register.models.particular import Guarded
from tillit.register.models.place import Place


class Address(Guarded):
    """An address for a period."""

    organisation = models.ForeignKey(
        "register.Organisation", on_delete=models.CASCADE, related_name="addresses"
    )
    kind = models.CharField(max_length=10, choices=AddressKind.choices)
    street = models.CharField(_("street"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    town = models.CharField(_("town"), max_length=60)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="addresses"
    )

    class Meta(Guarded.Meta):
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        ordering = ["organisation", "certain_from", "pk"]

    def __str__(self) -> str:
        town = f"{self.postcode} {self.town}".strip()
        return f"{self.street}, {town}" if self.street else town
