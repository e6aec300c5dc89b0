"""Steps that are taken with a record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.kit.bounds import Edge
from tillit.kit.forms import WritingForm
from tillit.kit.part_days import PartDayField
from tillit.records.choices import State
from tillit.records.forms.record import READERS

COUNTERPARTS = {State.RECEIVED: _("From whom"), State.SENT: _("To whom")}


class StepForm(WritingForm):
    """When, who, from or to whom, and why."""

    dated = PartDayField(label=_("The day"), edge=Edge.START, required=False)
    by = forms.CharField(
        label=_("By whom"),
        help_text=_("Name and role, as it shall stand in the history of the record."),
        max_length=200,
        required=False,
    )
    counterpart = forms.CharField(max_length=200)
    reason = forms.CharField(label=_("Why, or by which decision"), max_length=400, required=False)

    audience = dict.fromkeys(("dated", "by", "counterpart", "reason"), READERS)

    def __init__(self, *args: Any, step: State, **kwargs: Any) -> None:
        self.step = step
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        if self.step in COUNTERPARTS:
            self.fields["counterpart"].label = COUNTERPARTS[self.step]
        else:
            del self.fields["counterpart"]
        if self.step == State.WEEDED:
            self.fields["reason"].required = True


class NumberForm(WritingForm):
    """The number under which the organisation that one acts for has the record."""

    number = forms.CharField(
        label=_("Your case number"),
        help_text=_("As you write it in your own registry. Empty takes it away."),
        max_length=80,
        required=False,
    )

    audience = {"number": READERS}
