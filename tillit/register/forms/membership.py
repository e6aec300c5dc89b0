"""The forms by which organisations become members of an umbrella, and end it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.accounts.addresses import AddressField
from tillit.kit.bounds import Edge
from tillit.kit.days import DayField
from tillit.kit.forms import EVERYBODY, ProseField, SealedForm, WritingForm
from tillit.kit.part_days import PartDayField
from tillit.kit.widgets import LongSelect
from tillit.register.choices import Form
from tillit.register.filters import municipality_choices
from tillit.register.models.application import ApplicationState
from tillit.register.models.membership_decision import ENDING, DecisionKind

OFFICE = gettext_lazy("The umbrella's office sees this.")
BOTH = gettext_lazy("The umbrella and the member see this, nobody else.")
DAY_HINT = gettext_lazy("Year-month-day, for example 2026-01-31.")


class ContactForm(WritingForm):
    """What every application says, whichever organisation it is of."""

    contact_name = forms.CharField(
        label=gettext_lazy("Contact person"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_email = AddressField(label=gettext_lazy("The contact person's e-mail address"))
    contact_phone = forms.CharField(
        label=gettext_lazy("The contact person's phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    why = ProseField(
        label=gettext_lazy("Why do you want to become a member?"), max_length=4000, required=False
    )
    agrees = forms.BooleanField(
        label=gettext_lazy("We agree to what is expected of a member"),
        error_messages={
            "required": gettext_lazy("Nobody becomes a member without agreeing to it.")
        },
    )

    audience = dict.fromkeys(("contact_name", "contact_email", "contact_phone", "why"), OFFICE)

    def __init__(self, *args: Any, terms: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not terms:
            del self.fields["agrees"]

    @property
    def said(self) -> dict[str, Any]:
        """The columns of an application that were filled in."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agrees"}


class NewOrganisationForm(ContactForm):
    """Besides, what an organisation is that the register doesn't know yet."""

    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    number = forms.CharField(
        label=gettext_lazy("Organisation number"),
        help_text=gettext_lazy("Ten digits, such as 802435-6498. Leave it out if you have none."),
        max_length=40,
        required=False,
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Legal form"), choices=[("", "–"), *Form.choices], required=False
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Where is your seat?"), widget=LongSelect, required=False
    )

    field_order = ["name", "number", "form", "place"]
    audience = {
        **ContactForm.audience,
        **dict.fromkeys(
            ("name", "number", "form", "place"),
            gettext_lazy("Everybody sees this, if you become a member."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.choices = [("", "–"), *municipality_choices()]

    @property
    def said(self) -> dict[str, Any]:
        said = super().said
        place = said.pop("place")
        return {**said, "place_id": place or None}


class SupplementForm(WritingForm):
    question = ProseField(label=gettext_lazy("What do you want to know?"), max_length=2000)

    audience = {"question": gettext_lazy("The applicant gets this by mail.")}


class AnswerForm(WritingForm):
    answer = ProseField(label=gettext_lazy("Your answer"), max_length=4000)

    audience = {"answer": OFFICE}


class DecidedForm(WritingForm):
    """Who decided, and when: the same for every decision."""

    decided_by = forms.CharField(
        label=gettext_lazy("Who decided?"),
        help_text=gettext_lazy("In words, such as “the board, § 12” or “the annual meeting”."),
        max_length=200,
    )
    decided_on = DayField(label=gettext_lazy("Decided on"), help_text=DAY_HINT)
    reference = forms.CharField(
        label=gettext_lazy("Reference number"),
        help_text=gettext_lazy("Such as a diarienummer, if you have one."),
        max_length=80,
        required=False,
    )
    reason = ProseField(label=gettext_lazy("Reason"), max_length=2000, required=False)

    audience = dict.fromkeys(("decided_by", "decided_on", "reference", "reason"), BOTH)

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > self.initial["today"]:
            raise forms.ValidationError(_("It can't have been decided on a day to come."))
        return day


class AdditionForm(WritingForm):
    """Since when somebody is a member who has not applied here."""

    start = PartDayField(label=gettext_lazy("Member since"), edge=Edge.START, required=False)
    reason = forms.CharField(
        label=gettext_lazy("How you know"),
        help_text=gettext_lazy("Such as “our list of members”, for the list of changes."),
        max_length=400,
        required=False,
    )

    audience = dict.fromkeys(("start", "reason"), EVERYBODY)


class NeverForm(WritingForm):
    """Why a membership that was written in has to go."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400)

    audience = dict.fromkeys(("reason",), EVERYBODY)


class DecisionForm(DecidedForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            (DecisionKind.ADMITTED, gettext_lazy("Admit as a member")),
            (DecisionKind.DECLINED, gettext_lazy("Decline the application")),
        ],
        widget=forms.RadioSelect,
    )
    day = DayField(
        label=gettext_lazy("First day as a member"),
        help_text=gettext_lazy("Only if you admit. Year-month-day."),
        required=False,
    )
    add_contact = forms.BooleanField(
        label=gettext_lazy("Keep the contact person among the organisation's own"), required=False
    )

    field_order = ["outcome", "day"]
    audience = {
        **DecidedForm.audience,
        "day": EVERYBODY,
        "add_contact": gettext_lazy("The organisation and its secretariat see this."),
    }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        outcome = said.get("outcome")
        if outcome == DecisionKind.ADMITTED and "day" in said and not said["day"]:
            self.add_error("day", _("Give the first day as a member."))
        if outcome == DecisionKind.DECLINED and "reason" in said and not said["reason"]:
            self.add_error("reason", _("Say why: the applicant is told."))
        return said


class EndForm(DecidedForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("How does it end?"),
        choices=[(kind.value, kind.label) for kind in ENDING],
        widget=forms.RadioSelect,
    )
    day = DayField(label=gettext_lazy("Last day as a member"), help_text=DAY_HINT)

    field_order = ["kind", "day"]
    audience = {**DecidedForm.audience, "kind": BOTH, "day": EVERYBODY}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") == DecisionKind.EXCLUDED and not said.get("reason", "x"):
            self.add_error("reason", _("Say why: the member is told."))
        return said


class ResignForm(WritingForm):
    last_day = DayField(label=gettext_lazy("Last day as a member"), help_text=DAY_HINT)
    reason = ProseField(
        label=gettext_lazy("Why do you leave?"),
        help_text=gettext_lazy("You need not say it."),
        max_length=2000,
        required=False,
    )

    audience = dict.fromkeys(("last_day", "reason"), BOTH)


class TakeBackForm(DecidedForm):
    """Who decided that a decision does not stand."""


class AdmissionsForm(SealedForm):
    is_open = forms.BooleanField(
        label=gettext_lazy("Organisations can apply for membership"), required=False
    )
    welcome = ProseField(
        label=gettext_lazy("Who can become a member, and what does it give?"),
        max_length=4000,
        required=False,
    )
    terms = ProseField(
        label=gettext_lazy("What does a member agree to?"),
        help_text=gettext_lazy("Shown to who applies, and kept with the application as it stood."),
        max_length=8000,
        required=False,
    )

    audience = dict.fromkeys(("is_open", "welcome", "terms"), EVERYBODY)


class ApplicationsForm(forms.Form):
    """Which applications to show."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("All")),
            *(it for it in ApplicationState.choices if it[0] != ApplicationState.UNCONFIRMED),
        ],
        required=False,
    )
