"""Addresses: where post, visitors and invoices find an organisation."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.register.choices import AddressKind
from tillit.register.forms.fact import FactForm
from tillit.register.forms.place_field import MunicipalityField
from tillit.register.models import Address


class AddressForm(FactForm):
    slug, one, several = "adress", _("Address"), _("Addresses")
    model, own = Address, ("kind", "street", "postcode", "town", "place")

    kind = forms.ChoiceField(label=_("Kind of address"), choices=AddressKind.choices)
    street = forms.CharField(label=_("Street or box"), max_length=120, required=False)
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=10,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "field__short"}),
    )
    town = forms.CharField(label=_("Town"), max_length=60)
    place = MunicipalityField(label=_("Municipality"), required=False)

    def fit(self) -> None:
        place = self.fields.get("place")
        if isinstance(place, MunicipalityField):
            place.keep(self.now.get("place", ""))

    def clean_postcode(self) -> str:
        """211 55, however it was typed; what is no Swedish postcode stays as it is."""
        typed = " ".join(self.cleaned_data["postcode"].split())
        digits = re.sub(r"[ -]", "", typed)
        return f"{digits[:3]} {digits[3:]}" if re.fullmatch(r"\d{5}", digits) else typed

    def written(self, name: str, value: Any) -> Any:
        return MunicipalityField.row(value) if name == "place" else super().written(name, value)
