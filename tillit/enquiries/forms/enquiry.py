"""The forms of the office that asks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.enquiries.models import Enquiry, Kind
from tillit.kit.days import DayField
from tillit.kit.forms import ProseField, SealedForm, WritingForm

DAY_HINT = gettext_lazy("Year-month-day, for example 2026-01-31.")
MEMBERS = gettext_lazy("The members that are asked see this.")
NOW, LATER = "now", "later"


class EnquiryForm(SealedForm):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Also the subject of the mail."),
        max_length=120,
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        min_value=1990,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    introduction = ProseField(
        label=gettext_lazy("Introduction"),
        help_text=gettext_lazy("A few words in the mail and above the questions."),
        max_length=4000,
        required=False,
    )
    closes = DayField(label=gettext_lazy("Last day to answer"), help_text=DAY_HINT, required=False)

    audience = dict.fromkeys(("title", "year", "introduction", "closes"), MEMBERS)


class NewEnquiryForm(EnquiryForm):
    copied_from = forms.ModelChoiceField(
        label=gettext_lazy("With the questions of"),
        queryset=Enquiry.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=gettext_lazy("none, begin anew"),
    )

    def __init__(self, *args: Any, earlier: Sequence[Enquiry], **kwargs: Any) -> None:
        super().__init__(*args, standing={}, **kwargs)
        field: Any = self.fields["copied_from"]
        field.queryset = Enquiry.objects.filter(pk__in=[it.pk for it in earlier])
        if not earlier:
            del self.fields["copied_from"]


class QuestionForm(SealedForm):
    text = forms.CharField(label=gettext_lazy("Question"), max_length=300)
    hint = forms.CharField(label=gettext_lazy("Hint"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of answer"), choices=Kind.choices, widget=forms.RadioSelect
    )
    alternatives = ProseField(
        label=gettext_lazy("Alternatives"),
        help_text=gettext_lazy("One a line, if there are several to choose from."),
        max_length=1600,
        required=False,
    )
    is_required = forms.BooleanField(label=gettext_lazy("It must be answered"), required=False)
    concerns_persons = forms.BooleanField(
        label=gettext_lazy("It tells of persons, such as members or employees"),
        help_text=gettext_lazy("Then groups below five are hidden in the figures."),
        required=False,
    )

    audience = dict.fromkeys(("text", "hint", "alternatives"), MEMBERS)

    def __init__(self, *args: Any, standing: dict[str, Any], **kwargs: Any) -> None:
        lines = "\n".join(standing.get("alternatives", []))
        super().__init__(*args, standing={**standing, "alternatives": lines}, **kwargs)

    def clean_alternatives(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["alternatives"].splitlines())
        return [line for line in lines if line]


class OpenForm(WritingForm):
    when = forms.ChoiceField(
        label=gettext_lazy("When shall it open?"),
        choices=[(NOW, gettext_lazy("Now")), (LATER, gettext_lazy("By itself, on a day to come"))],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    opens = DayField(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("Only if it opens by itself. Year-month-day."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("when") == LATER and "opens" in said:
            opens: date | None = said["opens"]
            if opens is None or opens <= self.initial["today"]:
                self.add_error("opens", _("Give a day to come."))
        return said


class LastDayForm(WritingForm):
    closes = DayField(label=gettext_lazy("Last day to answer"), help_text=DAY_HINT)

    audience = {"closes": MEMBERS}


class RemindForm(WritingForm):
    words = ProseField(
        label=gettext_lazy("A few words in the reminder"),
        help_text=gettext_lazy("Instead of the introduction, if you write something."),
        max_length=2000,
        required=False,
    )

    audience = {"words": gettext_lazy("Those who are reminded see this.")}


class NoteForm(WritingForm):
    note = forms.CharField(
        label=gettext_lazy("Your own note"),
        help_text=gettext_lazy("Such as: called on Monday, answers this week."),
        max_length=400,
        required=False,
    )

    audience = {"note": gettext_lazy("The umbrella's office sees this.")}


class DismissForm(WritingForm):
    reason = forms.CharField(label=gettext_lazy("Why not?"), max_length=400, required=False)


class AskedForm(forms.Form):
    """Which members to show."""

    ANSWERED, NOT, BEGUN, LEFT = "answered", "not", "begun", "left"

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("All")),
            (ANSWERED, gettext_lazy("answered")),
            (NOT, gettext_lazy("not answered")),
            (BEGUN, gettext_lazy("begun")),
            (LEFT, gettext_lazy("no longer a member")),
        ],
        required=False,
    )
