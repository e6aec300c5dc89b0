"""What the page of components shows of forms and of what there is to do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.forms import EVERYBODY, WritingForm


class SampleForm(WritingForm):
    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        error_messages={"required": gettext_lazy("Write the name of the organisation.")},
    )
    kept = forms.ChoiceField(
        label=gettext_lazy("The secretariat"),
        choices=[
            ("same", gettext_lazy("The same organisation")),
            ("other", gettext_lazy("Another organisation")),
        ],
        widget=forms.RadioSelect,
        initial="same",
    )
    note = forms.CharField(
        label=gettext_lazy("description"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    audience = {"name": EVERYBODY}


@dataclass(frozen=True)
class Told:
    """A message as Django gives it."""

    level_tag: str
    words: str

    def __str__(self) -> str:
        return self.words


def writing() -> SampleForm:
    return SampleForm(auto_id="writing-%s")


def wrong_writing() -> SampleForm:
    """Sent without a name, and kept as typed."""
    return SampleForm({"kept": "other", "note": "Sedan 2006"}, auto_id="wrong-writing-%s")


def told() -> list[Told]:
    return [
        Told("good", _("Saved.")),
        Told(
            "warn",
            _("The check digit is wrong: the last digit does not follow from the nine before it."),
        ),
    ]


def steps() -> list[dict[str, Any]]:
    pages = [(_("Write"), True), (_("Receivers"), False), (_("Send"), False)]
    return [
        {"title": title, "url": "#steps", "current": title == pages[1][0], "done": done}
        for title, done in pages
    ]


def errands(day: date) -> list[dict[str, Any]]:
    return [
        {
            "title": _("Are these details right?"),
            "text": "Föreningen Framsteg",
            "url": "#errands",
            "due": day,
            "late": True,
        },
        {"title": _("An application for membership"), "url": "#errands", "action": _("Decide")},
        {
            "title": _("Invite the first person to the secretariat of the civil side"),
            "url": "#errands",
            "side": "civil",
            "post": {"capacity": "sample"},
        },
        {
            "title": _("Invite the first person to the secretariat of the public side"),
            "url": "#errands",
            "side": "public",
        },
    ]
