"""How long an organisation keeps what it keeps."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.forms import EVERYBODY, SealedForm
from tillit.records.choices import Keeping, Kind
from tillit.records.models import RetentionRule


class RuleForm(SealedForm):
    """A rule for one kind, or for all that no other rule is for."""

    kind = forms.ChoiceField(
        label=_("For which kind"), choices=[("", _("All others")), *Kind.choices], required=False
    )
    keeping = forms.ChoiceField(
        label=_("What becomes of them"), choices=Keeping.choices, widget=forms.RadioSelect
    )
    years = forms.IntegerField(
        label=_("After how many years"),
        help_text=_("Whole years after that of the document. Only where they are weeded."),
        min_value=1,
        max_value=200,
        required=False,
    )
    basis = forms.CharField(
        label=_("By which right"),
        help_text=_("The decision or plan that says so, with its number."),
        max_length=400,
    )

    audience = dict.fromkeys(("kind", "keeping", "years", "basis"), EVERYBODY)
    at_times = ("years",)

    def __init__(self, data: Any = None, *, rule: RetentionRule | None = None) -> None:
        names = ("kind", "keeping", "years", "basis")
        super().__init__(data, standing={it: getattr(rule, it) for it in names} if rule else {})

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("keeping") == Keeping.WEED and not said.get("years") and not self.errors:
            self.add_error("years", _now("Say after how many years they are weeded."))
        return said

    @property
    def said(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in ("kind", "keeping", "years", "basis")}
        if found["keeping"] == Keeping.PRESERVE:
            found["years"] = None
        return found
