"""What the lists and the comparison of agreements are asked with."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models import Version
from tillit.kit.days import DayField


class DayForm(forms.Form):
    on = DayField(
        label=_("Day"),
        help_text=_("Year-month-day. Today if left empty."),
        required=False,
    )


class ComparisonForm(forms.Form):
    """Which two versions: the earlier, and the later."""

    fran = forms.ChoiceField(label=_("Earlier version"))
    till = forms.ChoiceField(label=_("Later version"))

    def __init__(self, *args: object, versions: Sequence[Version], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(it.local_key, it.label) for it in versions]
        for field in self.fields.values():
            field.choices = choices  # type: ignore[attr-defined]
