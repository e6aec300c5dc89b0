"""The forms by which a party stands behind a version, or takes that back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import AdoptionKind
from tillit.kit.bounds import Edge
from tillit.kit.days import DayField
from tillit.kit.forms import ProseField, WritingForm
from tillit.kit.part_days import PartDayField
from tillit.register.models import Unit


class AdoptionForm(WritingForm):
    """What a party did, which unit of it decided, when, and under which number.

    `completes`: whether all others have adopted it, so that this decides from when it is in force.
    """

    kind = forms.ChoiceField(label=_("What you did"), choices=AdoptionKind.choices)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Who decided"),
        required=False,
        to_field_name="key",
        empty_label=_("the organisation itself"),
    )
    dated = PartDayField(label=_("Day of the decision"), edge=Edge.START)
    case_number = forms.CharField(
        label=_("Case number (diarienummer)"),
        max_length=80,
        required=False,
        help_text=_("As you write it yourselves."),
    )
    in_force_from = DayField(
        label=_("From which day it is in force"),
        required=False,
        help_text=_(
            "Year-month-day. All others have adopted it, so when you do it becomes the agreement. "
            "The version before it ends the day before."
        ),
    )

    at_times = ("in_force_from",)

    def __init__(self, units: Any, data: Any = None, *, completes: bool) -> None:
        self.completes, self.units = completes, units
        super().__init__(data, initial={"kind": AdoptionKind.ADOPTED})

    def arrange(self) -> None:
        asked: Any = self.fields["unit"]
        asked.queryset = self.units
        if not self.completes:
            del self.fields["in_force_from"]


class WithdrawalForm(WritingForm):
    reason = ProseField(label=_("Why"), max_length=2000)
