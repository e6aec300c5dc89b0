"""What is typed in when one asks, decides, corrects and reports."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tillit.accounts.addresses import AddressField
from tillit.kit.contributions import OwnData
from tillit.kit.forms import WritingForm
from tillit.privacy.models import DeedKind, Ground, Outcome, Report
from tillit.privacy.models.erasure_decision import KEEPING
from tillit.privacy.sweep import Mention

DECIDERS = _("Those who decide on it see this.")
ALL, SOME = "all", "some"


class CorrectionForm(WritingForm):
    """One's name as the register has it, and the language of mails."""

    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.LANGUAGES)

    audience = {
        "name": _("Everybody sees it beside your roles. What you write here is what stands."),
        "language": _("Only you see this."),
    }

    def __init__(self, *args: Any, has_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_name:
            del self.fields["name"]


class AskForm(WritingForm):
    """What one wants erased."""

    what = forms.ChoiceField(
        label=_("What do you want to have erased?"),
        choices=[(ALL, _("All that is kept about me")), (SOME, _("Some of it"))],
        widget=forms.RadioSelect,
    )
    parts = forms.MultipleChoiceField(
        label=_("Which parts, if not all of it?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Why? (if you want to say)"),
        help_text=_("You need give no reason. It may help if something must be weighed."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    audience = {"reason": DECIDERS}

    def __init__(self, *args: Any, parts: Sequence[OwnData], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [  # type: ignore[attr-defined]
            (it.name, it.title) for it in parts if it.erase
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("what") == SOME and not said.get("parts") and "parts" not in self.errors:
            self.add_error("parts", _("Choose at least one part."))
        return said

    @property
    def asked_parts(self) -> list[str]:
        return self.cleaned_data["parts"] if self.cleaned_data["what"] == SOME else []


class AskByMailForm(WritingForm):
    """Somebody without an account asks to be erased."""

    email = AddressField(
        label=_("Your e-mail address"),
        help_text=_(
            "We send a link there. The request counts when you have opened it and confirmed."
        ),
    )
    proof = forms.CharField(
        label=_("How can we know that it is you?"),
        help_text=_(
            "For example: that you had the role in those years, or somebody there who knows you. "
            "Write no personal identity number."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=_("What do you want to have erased, and why?"),
        help_text=_("Leave it empty if you want all of it erased, and want to give no reason."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    audience = {
        "email": DECIDERS,
        "proof": DECIDERS,
        "reason": DECIDERS,
    }


class DecisionForm(WritingForm):
    """What is decided, on which ground and why."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (Outcome.ERASED, _("Erase what was asked for")),
            (Outcome.PARTLY, _("Erase in part")),
            (Outcome.REFUSED, _("Don't erase")),
        ],
        widget=forms.RadioSelect,
    )
    parts = forms.MultipleChoiceField(
        label=_("What is erased, if in part"), required=False, widget=forms.CheckboxSelectMultiple
    )
    ground = forms.ChoiceField(
        label=_("Ground"),
        help_text=_("For erasing; or, when something is kept, for keeping it."),
        choices=[("", _("Choose a ground")), *Ground.choices],
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "The person reads it in the mail. Write it so that it is understood without law."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    leave = forms.MultipleChoiceField(
        label=_("Leave the name in these texts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    audience = {"reason": _("The person sees this, and those who decide.")}

    def __init__(
        self, *args: Any, parts: Sequence[OwnData], mentions: Sequence[Mention], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [  # type: ignore[attr-defined]
            (it.name, it.title) for it in parts if it.erase
        ]
        self.fields["leave"].choices = [  # type: ignore[attr-defined]
            (it.id, f"{it.noun}: {it.excerpt}") for it in mentions
        ]
        if not mentions:
            del self.fields["leave"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        outcome, ground = said.get("outcome"), said.get("ground")
        if outcome == Outcome.PARTLY and not said.get("parts"):
            self.add_error("parts", _("Choose at least one part."))
        if outcome and ground and (outcome != Outcome.ERASED) != (ground in KEEPING):
            self.add_error("ground", self._mismatch(outcome))
        return said

    def _mismatch(self, outcome: str) -> ValidationError:
        if outcome == Outcome.ERASED:
            return ValidationError(_("That is a ground for keeping. Choose one for erasing."))
        return ValidationError(_("That is a ground for erasing. Choose why something is kept."))


class ReportForm(WritingForm):
    """Something here can't be used."""

    what = forms.CharField(
        label=_("What doesn't work?"),
        help_text=_("Tell what you wanted to do, and with which aids, if that matters."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Tell what doesn't work.")},
    )
    where = forms.CharField(label=_("On which page? (if you know)"), required=False, max_length=400)
    email = AddressField(
        label=_("Your e-mail address (if you want an answer)"),
        help_text=_("It is used for the answer alone, and is erased afterwards."),
        required=False,
    )

    audience = dict.fromkeys(
        ("what", "where", "email"), _("The administrators of this installation see this.")
    )


class DeedForm(WritingForm):
    """What is done about a report."""

    kind = forms.ChoiceField(
        label=_("What is done?"), choices=DeedKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Words"),
        help_text=_("For an answer: what is mailed to whoever reported. Otherwise: why, or how."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        kind, text = said.get("kind"), said.get("text")
        if kind == DeedKind.ANSWERED and not self.report.email:
            self.add_error("kind", _("No address was given, so there is nobody to answer."))
        if kind in {DeedKind.ANSWERED, DeedKind.CLOSED} and not text:
            self.add_error("text", _("Write some words: an answer, or why nothing is changed."))
        return said
