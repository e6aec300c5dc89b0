"""The form by which a letter is written."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.accounts.addresses import AddressField
from tillit.kit.forms import SealedForm, seal
from tillit.letters.choices import Kind
from tillit.letters.models.letter import LONGEST_SUBJECT, LONGEST_TEXT
from tillit.letters.placeholders import PLACEHOLDERS, unknown_in
from tillit.letters.tidying import tidy

OFFICE = gettext_lazy("Only your office sees this.")
NEEDED = ("subject_line", "text")  # to send it, not to save it
READERS = gettext_lazy("Those who get the letter see this.")


class SubjectField(forms.CharField):
    """One line, whatever was pasted."""

    def to_python(self, value: Any) -> str:
        return " ".join(tidy(super().to_python(value) or "").split())


class MarkdownField(forms.CharField):
    """A text in Markdown, put in order; only placeholders that mean something."""

    def __init__(self, **kwargs: Any) -> None:
        area = forms.Textarea(attrs={"rows": 14})
        super().__init__(widget=area, max_length=LONGEST_TEXT, required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


def refuse_unknown(text: str, language: str) -> str:
    """The text, if each placeholder in it means something."""
    if unknown := unknown_in(text):
        known = ", ".join(it.word(language) for it in PLACEHOLDERS)
        raise forms.ValidationError(
            _("%(unknown)s means nothing here. Write one of %(known)s, or leave out the braces.")
            % {"unknown": ", ".join(it[:60] for it in unknown[:5]), "known": known}
        )
    return text


class TextForm(SealedForm):
    """What a letter says. A draft may be half written; what is missing is told before it is sent."""

    subject_line = SubjectField(
        label=gettext_lazy("Subject"), max_length=LONGEST_SUBJECT, required=False
    )
    text = MarkdownField(label=gettext_lazy("Text"))
    subject_line_en = SubjectField(
        label=gettext_lazy("Subject in English"),
        help_text=gettext_lazy("Only if you write in English too. Left empty, the Swedish stands."),
        max_length=LONGEST_SUBJECT,
        required=False,
    )
    text_en = MarkdownField(
        label=gettext_lazy("Text in English"),
        help_text=gettext_lazy(
            "Goes instead of the Swedish one to contact persons who have asked for English."
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of letter"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Whoever has said no to news or invitations from you doesn't get those. "
            "What everybody must have, such as notice of an annual meeting, goes to all."
        ),
    )
    required_reason = forms.CharField(
        label=gettext_lazy("Why everybody must have it"),
        help_text=gettext_lazy("For a required letter. Such as: the statutes ask for it."),
        max_length=400,
        required=False,
    )
    reply_to = AddressField(
        label=gettext_lazy("Replies go to"),
        help_text=gettext_lazy("An address that you read. Left empty, the installation's own."),
        required=False,
    )
    on_web = forms.BooleanField(
        label=gettext_lazy("Readable in the browser as well"),
        help_text=gettext_lazy(
            "Each mail then has a link to the letter. Whoever has the link may read it."
        ),
        required=False,
    )

    audience = {
        "subject_line": READERS,
        "text": READERS,
        "subject_line_en": READERS,
        "text_en": READERS,
        "required_reason": OFFICE,
        "reply_to": READERS,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others: list[tuple[str, str]] = []
        for name in NEEDED:
            self.fields[name].is_optional = False  # type: ignore[attr-defined]

    def told(self, name: str) -> str:
        """What a colleague wrote is too long for a line: it is shown whole, above the form."""
        label = str(self.fields[name].label)
        self.others.append((label, str(self.standing[name])))
        return _("%(field)s: see below what stands there now.") % {"field": label}

    @property
    def seal(self) -> str:
        """What stands there now, for who saves without leaving the page."""
        return seal(self.standing)

    def clean_subject_line(self) -> str:
        return refuse_unknown(self.cleaned_data["subject_line"], settings.LANGUAGE_CODE)

    def clean_text(self) -> str:
        return refuse_unknown(self.cleaned_data["text"], settings.LANGUAGE_CODE)

    def clean_subject_line_en(self) -> str:
        return refuse_unknown(self.cleaned_data["subject_line_en"], "en")

    def clean_text_en(self) -> str:
        return refuse_unknown(self.cleaned_data["text_en"], "en")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == Kind.REQUIRED and not data.get("required_reason"):
            self.add_error("required_reason", _("Write why everybody must have it."))
        if data.get("subject_line_en") and not data.get("text_en") and "text_en" in data:
            self.add_error("text_en", _("There is a subject in English, and no text."))
        return data
