"""Places: where an organisation has its seat, and where it works."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.register.choices import PresenceKind
from tillit.register.forms.fact import FactForm
from tillit.register.forms.place_field import PlaceField
from tillit.register.models import Presence


class PresenceForm(FactForm):
    slug, one, several = "plats", _("Place"), _("Places")
    model, own = Presence, ("kind", "place")

    kind = forms.ChoiceField(label=_("What it has there"), choices=PresenceKind.choices)
    place = PlaceField(label=_("Municipality or county"))

    def written(self, name: str, value: Any) -> Any:
        return PlaceField.row(value) if name == "place" else super().written(name, value)
