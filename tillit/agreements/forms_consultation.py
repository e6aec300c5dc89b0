"""The forms of the parties: what is sent out, who is asked, what became of what was said."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements.choices import ConsultationState, Outcome, Position
from tillit.agreements.consulting.chapters import Portion, name_of
from tillit.agreements.models import Section
from tillit.agreements.models.consultation import FARTHEST, LONGEST_INTRODUCTION
from tillit.agreements.models.response import LONGEST_WHY
from tillit.agreements.wordings import Wording
from tillit.kit.days import DayField
from tillit.kit.forms import EVERYBODY, ProseField, SealedForm, WritingForm
from tillit.kit.widgets import LongSelect
from tillit.register.models import Organisation

DAY_HINT = gettext_lazy("Year-month-day, for example 2026-01-31.")
WHEN_OUT = gettext_lazy("The parties see this, and everybody when it has been sent out.")
WHEN_PUBLISHED = gettext_lazy(
    "The parties see this, and when it is published all who see the answer."
)
WHOLE = gettext_lazy("The whole")


def number_field(**words: Any) -> forms.IntegerField:
    return forms.IntegerField(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **words)


class ConsultationForm(SealedForm):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("Also the subject of the mail."),
        max_length=200,
    )
    introduction = ProseField(
        label=gettext_lazy("Introduction"),
        help_text=gettext_lazy("What it is about, and why you ask. Markdown."),
        max_length=LONGEST_INTRODUCTION,
        required=False,
    )
    deadline = DayField(
        label=gettext_lazy("Last day to answer"), help_text=DAY_HINT, required=False
    )
    closes = DayField(
        label=gettext_lazy("Late answers are taken until"),
        help_text=gettext_lazy("They are marked as late. If left out: 30 days."),
        required=False,
    )
    remind_before = number_field(
        label=gettext_lazy("Days before the last day on which to remind"),
        help_text=gettext_lazy("0 for no reminder by itself."),
        min_value=0,
        max_value=FARTHEST,
    )
    contact = forms.CharField(
        label=gettext_lazy("Whom to write to with questions"),
        help_text=gettext_lazy("An address of a function, such as kansliet@example.org."),
        max_length=200,
        required=False,
    )
    is_open_to_all = forms.BooleanField(
        label=gettext_lazy("Anybody may answer, not only those who are invited"), required=False
    )
    has_public_answers = forms.BooleanField(
        label=gettext_lazy("The answers are public"), required=False
    )

    audience = dict.fromkeys(
        ("title", "introduction", "deadline", "closes", "remind_before", "contact"), WHEN_OUT
    )


class QuestionForm(SealedForm):
    text = forms.CharField(label=gettext_lazy("Question"), max_length=500)
    section = forms.ModelChoiceField(
        label=gettext_lazy("About"),
        queryset=Section.objects.none(),
        to_field_name="key",
        required=False,
        empty_label=WHOLE,
    )

    audience = {"text": WHEN_OUT}

    def __init__(self, *args: Any, sections: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.queryset = sections
        field.is_optional = False


class InviteForm(WritingForm):
    """Organisations of the register, by key, as they were found; and all that the parties have said."""

    who = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who shall be asked?"),
        queryset=Organisation.objects.none(),
        to_field_name="key",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, found: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["who"]
        field.queryset = Organisation.objects.filter(pk__in=[it.pk for it in found]).order_by(
            "sort_key", "key"
        )
        field.label_from_instance = lambda it: it.name


class LaterDayForm(WritingForm):
    day = DayField(label=gettext_lazy("New last day"), help_text=DAY_HINT)

    audience = {"day": EVERYBODY}


class ResponseForm(SealedForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of it?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    why = ProseField(label=gettext_lazy("Why"), max_length=LONGEST_WHY)
    led_to = forms.ChoiceField(
        label=gettext_lazy("The wording that it led to"),
        help_text=gettext_lazy("Of this draft, or of a later version."),
        required=False,
        widget=LongSelect,
    )

    audience = {"why": WHEN_PUBLISHED, "led_to": WHEN_PUBLISHED}

    def __init__(self, *args: Any, wordings: Sequence[Wording], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_version: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for it in wordings:
            by_version[it.version.label].append((it.subject, it.called))
        field: Any = self.fields["led_to"]
        field.choices = [("", _("none")), *by_version.items()]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("outcome") == Outcome.NOT and said.get("led_to"):
            self.add_error("led_to", _("What was not taken in led to no wording."))
        return said

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("outcome", "why", "led_to")}


class ConsultationsForm(forms.Form):
    """Which consultations to show."""

    agreement = forms.SlugField(
        max_length=200, required=False, widget=forms.HiddenInput, allow_unicode=False
    )

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("All")), *ConsultationState.choices[1:]],
        required=False,
    )


class AskedForm(forms.Form):
    """Which of those asked to show."""

    ANSWERED, NOT, BEGUN = "answered", "not", "begun"

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            ("", gettext_lazy("All")),
            (ANSWERED, gettext_lazy("answered")),
            (NOT, gettext_lazy("not answered")),
            (BEGUN, gettext_lazy("begun")),
        ],
        required=False,
    )


class RepliesForm(forms.Form):
    """Which answers to show."""

    position = forms.ChoiceField(
        label=gettext_lazy("Position"),
        choices=[("", gettext_lazy("All")), *Position.choices],
        required=False,
    )


class CommentsForm(forms.Form):
    """Which comments to show: of a section, and with what response."""

    NONE = "none"

    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    response = forms.ChoiceField(
        label=gettext_lazy("Response"),
        choices=[
            ("", gettext_lazy("All")),
            (NONE, gettext_lazy("lacks a response")),
            *Outcome.choices,
        ],
        required=False,
    )

    def __init__(self, *args: Any, sections: Sequence[Portion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        choices = [(name_of(it), str(it)) for it in sections]
        field.choices = [("", _("All")), *choices]
