"""The forms by which organisations join an agreement and leave it, and the list of them is narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.kit.bounds import Edge
from tillit.kit.days import DayField
from tillit.kit.forms import EVERYBODY, WritingForm
from tillit.kit.part_days import PartDayField
from tillit.kit.widgets import LongSelect
from tillit.register.choices import Form, Side
from tillit.register.filters import place_choices

ALL = ("", _("All"))


class AdherentsForm(forms.Form):
    """Which of those who have joined, and on which day."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    side = forms.ChoiceField(label=_("Side"), choices=[ALL, *Side.choices], required=False)
    form = forms.ChoiceField(label=_("Legal form"), choices=[ALL, *Form.choices], required=False)
    place = forms.ChoiceField(
        label=_("Place"),
        choices=lambda: [ALL, *place_choices()],
        widget=LongSelect,
        required=False,
        error_messages={"invalid_choice": _("There is no place with the code %(value)s.")},
    )
    on = DayField(
        label=_("Day"), help_text=_("Year-month-day. Today if left empty."), required=False
    )


class JoinForm(WritingForm):
    """Since when, and why or how one knows."""

    start = PartDayField(label=_("Joins from"), edge=Edge.START)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Such as “decided by our board on 14 May”, for the list of changes."),
        max_length=400,
        required=False,
    )

    audience = dict.fromkeys(("start", "reason"), EVERYBODY)


class LeaveForm(WritingForm):
    """Until when, and why. Who enters it for another says how they know."""

    end = PartDayField(label=_("Last day"), edge=Edge.END)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Why, or how you know: “letter of 14 May”. It stands in the list of changes."),
        max_length=400,
        required=False,
    )

    audience = dict.fromkeys(("end", "reason"), EVERYBODY)

    def __init__(self, *args: Any, for_itself: bool, **kwargs: Any) -> None:
        self.for_itself = for_itself
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        self.fields["reason"].required = not self.for_itself
