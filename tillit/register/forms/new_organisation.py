"""A new organisation: what one knows of it from the start. The rest is added on its page of editing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.bounds import Edge
from tillit.kit.forms import EVERYBODY, WritingForm
from tillit.kit.part_days import PartDayField
from tillit.register.choices import Form
from tillit.register.forms.organisation import NOT_KNOWN
from tillit.register.forms.place_field import MunicipalityField
from tillit.register.models import Organisation


class NewOrganisationForm(WritingForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    number = forms.CharField(label=_("Organisation number"), max_length=60, required=False)
    form = forms.ChoiceField(
        label=_("Legal form"), choices=[NOT_KNOWN, *Form.choices], required=False
    )
    seat = MunicipalityField(label=_("Seat"), required=False)
    web = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )
    start = PartDayField(label=_("Founded"), edge=Edge.START, required=False)
    protected = forms.BooleanField(
        label=_("Protected: whoever finds it may harm those who are there"),
        required=False,
        help_text=_(
            "Then place and people are shown to nobody but those who act for it. A shelter, for example."
        ),
    )
    another = forms.BooleanField(label=_("It is another one than those above"), required=False)

    def arrange(self) -> None:
        self.audience = dict.fromkeys(self.fields.keys() - {"another", "protected"}, EVERYBODY)
        self.audience |= {"seat": _("Everybody sees this, unless it is protected.")}
        if "another" not in self.data:
            del self.fields["another"]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not any(letter.isalnum() for letter in name):
            raise forms.ValidationError(_("Write the name with letters."))
        return name

    def ask_whether_another(self, similar: list[Organisation]) -> None:
        """Stop for what may be the same, until somebody says that it is not."""
        label = _("It is another one than those above")
        self.fields["another"] = forms.BooleanField(label=label, required=False)
        names = ", ".join(str(it) for it in similar[:3])
        said: Any = _now("There may be one already: %(names)s. Look at them before you go on.")
        self.add_error("another", said % {"names": names})
