"""Who keeps the secretariat of a side."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.circles import Viewer
from tillit.kit.forms import EVERYBODY, WritingForm
from tillit.kit.widgets import LongSelect
from tillit.register.choices import Side
from tillit.register.filters import place_choices
from tillit.register.forms.organisation_field import OrganisationField, let_read
from tillit.register.models import Place


class SecretariatForm(WritingForm):
    """A side, a place, and the organisation that keeps its secretariat from today on."""

    side = forms.ChoiceField(
        label=gettext_lazy("Side"), choices=Side.choices, widget=forms.RadioSelect
    )
    organisation = OrganisationField(label=gettext_lazy("Organisation"))
    place = forms.ChoiceField(
        label=gettext_lazy("Place"),
        help_text=gettext_lazy("Whose organisations it looks after: a county, a municipality."),
        widget=LongSelect,
        required=False,
    )

    audience = dict.fromkeys(("side", "organisation", "place"), EVERYBODY)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_read(self, viewer)
        place: Any = self.fields["place"]
        place.choices = [("", _("Everywhere")), *place_choices()]

    def clean_place(self) -> Place | None:
        return Place.objects.filter(code=self.cleaned_data["place"] or None).first()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        organisation = said.get("organisation")
        if organisation and said.get("side") and organisation.side != said["side"]:
            self.add_error(
                "organisation",
                _("A side's secretariat is kept by an organisation of that side."),
            )
        return said


class EndSecretariatForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400)
