"""What the overview of all agreements is asked with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements.choices import Force
from tillit.kit.circles import Viewer
from tillit.kit.days import DayField
from tillit.kit.widgets import LongSelect
from tillit.register import reference
from tillit.register.choices import Level, PlaceKind
from tillit.register.models import Organisation

ALL = ("", gettext_lazy("All"))
TREE, LIST, MAP = "trad", "lista", "karta"
VIEWS = {
    TREE: gettext_lazy("Tree"),
    LIST: gettext_lazy("List"),
    MAP: gettext_lazy("Map"),
}


def county_choices() -> list[tuple[str, str]]:
    counties = [(it.code, it.name) for it in reference.places() if it.kind == PlaceKind.COUNTY]
    return [("", str(ALL[1])), *counties]


class OverviewForm(forms.Form):
    """Which agreements, on which day, and in which view."""

    visa = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    part = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=[ALL, *Level.choices], required=False
    )
    county = forms.ChoiceField(
        label=gettext_lazy("County"), choices=county_choices, widget=LongSelect, required=False
    )
    force = forms.ChoiceField(
        label=gettext_lazy("On the day"), choices=[ALL, *Force.choices], required=False
    )
    on = DayField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("Year-month-day. Today if left empty."),
        required=False,
    )

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        self.viewer = viewer
        self.party: Organisation | None = None
        super().__init__(data)

    def clean_part(self) -> str:
        """Of which organisation, as party or as one that has joined."""
        key = str(self.cleaned_data["part"]).replace("\0", "")
        if key:
            visible = Organisation.objects.visible_to(self.viewer)
            self.party = visible.filter(key=key).prefetch_related("names").first()
            if self.party is None:
                raise ValidationError(
                    _("There is no organisation with the key %(key)s.") % {"key": key}
                )
        return key

    @property
    def asked(self) -> dict[str, Any]:
        return self.cleaned_data if self.is_valid() else {}

    @property
    def view(self) -> str:
        """The one chosen; whatever is narrowed is a list, if nothing else is said."""
        chosen = str(self.data.get("visa", ""))
        if chosen in VIEWS:
            return chosen
        narrowed = any(self.data.get(name) for name in ("part", "level", "county", "force"))
        return LIST if narrowed else TREE
