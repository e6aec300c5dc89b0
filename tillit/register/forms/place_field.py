"""A choice among the places of Sweden, from the list at hand and not the database."""

from typing import Any

from django import forms

from tillit.kit.widgets import LongSelect
from tillit.register.filters import place_choices
from tillit.register.models import Place


class PlaceField(forms.ChoiceField):
    """A place by its code: counties, and the municipalities of each."""

    widget = LongSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", "–"), *place_choices()], **kwargs)

    @staticmethod
    def row(code: str) -> Place | None:
        return Place.objects.filter(pk=code).first() if code else None
