"""The two forms before anybody is signed in: the code, and the first administrator."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.accounts.addresses import AddressField
from tillit.kit.circles import Viewer
from tillit.kit.forms import EVERYBODY, WritingForm
from tillit.register.choices import Sector
from tillit.site.forms.picking import OrganisationPicked, organisation_fields


class FirstCodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code from the terminal"),
        max_length=40,
        help_text=_("Three groups of four letters. Capitals and hyphens don't matter."),
        error_messages={"required": _("Write the code that the terminal shows.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AdministratorForm(WritingForm):
    """Who keeps the installation running, and for which organisation."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it. A function address can be added later."),
    )
    sector = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        choices=Sector.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what kind of organisation it is.")},
    )

    audience = {
        "name": _("Those who keep the installation running see this."),
        "email": _("Only you see this, and mail is sent to it."),
    }

    def __init__(self, data: Any, viewer: Viewer) -> None:
        self.viewer = viewer
        super().__init__(data)

    def arrange(self) -> None:
        asked = organisation_fields("organisation_")
        asked["organisation_name"].help_text = _("The one that keeps this installation running.")
        for name in ("organisation_name", "organisation_which"):
            self.fields[name] = asked[name]
        asked["organisation_name"].audience = EVERYBODY  # type: ignore[attr-defined]
        self.order_fields(["name", "email", "organisation_name", "organisation_which", "sector"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.organisation = OrganisationPicked(
            self, self.viewer, cleaned.get("sector", ""), "organisation_"
        )
        if cleaned.get("sector"):
            self.organisation.clean()
        return cleaned
