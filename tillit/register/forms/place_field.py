"""A choice among the places of Sweden, from the list at hand and not the database."""

from typing import Any

from django import forms

from tillit.kit.widgets import LongSelect
from tillit.register.filters import municipality_choices, place_choices
from tillit.register.models import Place


class PlaceField(forms.ChoiceField):
    """A place by its code: counties, and the municipalities of each."""

    widget = LongSelect
    offered = staticmethod(place_choices)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", "–"), *self.offered()], **kwargs)

    @staticmethod
    def row(code: str) -> Place | None:
        return Place.objects.filter(pk=code).first() if code else None


class MunicipalityField(PlaceField):
    """A municipality by its code, under its county. What a row has otherwise is kept."""

    offered = staticmethod(municipality_choices)

    def keep(self, code: str) -> None:
        """Let a place stand that would not be offered: a county that a source gives."""
        if code and not self.valid_value(code):
            stands = (code, str(self.row(code)))
            self.choices = [("", "–"), stands, *self.offered()]
