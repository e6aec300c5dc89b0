"""The forms of impact checks: that a change is prepared, what it would mean, and what is said of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tillit.agreements.forms_plans import NounForm
from tillit.kit.days import DayField
from tillit.kit.forms import ProseField
from tillit.kit.widgets import LongSelect
from tillit.register.models import Organisation

WHEN_CLOSED = _("The parties see this, and everybody once the analysis has been made.")
OPEN, CLOSED = "open", "closed"


class ChecksForm(forms.Form):
    """Which of them to show."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), (OPEN, _("Waits for its analysis")), (CLOSED, _("Analysed"))],
        required=False,
    )


class OpeningForm(NounForm):
    title = forms.CharField(
        label=_("What is prepared?"),
        help_text=_("Which change of what the public promises in welfare."),
        max_length=200,
    )
    organisation = forms.ChoiceField(label=_("Who prepares it?"), widget=LongSelect)
    text = ProseField(label=_("What would it change?"), max_length=8000, required=False)
    opened_on = DayField(label=_("Opened on"), help_text=_("Year-month-day."))

    columns = ("title", "text", "opened_on")
    audience = dict.fromkeys((*columns, "organisation"), WHEN_CLOSED)

    def __init__(self, *args: Any, preparing: list[Organisation], **kwargs: Any) -> None:
        self.preparing = {it.key: it for it in preparing}
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        fields: Any = self.fields
        fields["organisation"].choices = [(key, it.name) for key, it in self.preparing.items()]

    @classmethod
    def standing_of(cls, row: Any) -> dict[str, Any]:
        found = super().standing_of(row)
        key = row.organisation.key if row.organisation_id else ""
        return {**found, "opened_on": row.opened_on.isoformat(), "organisation": key}

    @property
    def new(self) -> dict[str, Any]:
        return {**super().new, "organisation": self.preparing[self.cleaned_data["organisation"]]}


class AnalysisForm(NounForm):
    """It is closed by an analysis, and by nothing else."""

    analysis = ProseField(
        label=_("What would it mean for voluntary work?"),
        help_text=_("What you found, also if it is that nothing changes, and how you know."),
        max_length=20_000,
    )
    closed_by = forms.CharField(
        label=_("Who made the analysis?"),
        help_text=_("The unit or the body, such as “the health care board”."),
        max_length=200,
    )

    columns = ("analysis", "closed_by")
    audience = dict.fromkeys(columns, WHEN_CLOSED)


class ViewForm(NounForm):
    """What the other side says."""

    view = ProseField(label=_("What do you say of it?"), max_length=20_000)
    view_by = forms.CharField(
        label=_("Who says so?"),
        help_text=_("The organisation or the body."),
        max_length=200,
        required=False,
    )

    columns = ("view", "view_by")
    audience = dict.fromkeys(columns, WHEN_CLOSED)
