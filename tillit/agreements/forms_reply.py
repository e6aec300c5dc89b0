"""The forms of those who answer a consultation."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.accounts.addresses import LONGEST, AddressField
from tillit.agreements.choices import Position
from tillit.agreements.consulting.parts import Answer, Part
from tillit.agreements.models import Comment, Consultation
from tillit.agreements.models.comment import LONGEST_COMMENT, LONGEST_QUOTATION, read_of
from tillit.agreements.models.question_answer import LONGEST_ANSWER
from tillit.agreements.models.reply import LONGEST_TEXT
from tillit.kit.changes import new_key
from tillit.kit.forms import ProseField, SealedForm, WritingForm

NEW = re.compile(r"c-([a-z2-9]{10})-text\Z")
MOST_NEW = 5  # comments that come with one page
COLLEAGUES = gettext_lazy("Those who answer with you see this, and the parties when it is sent.")
AND_EVERYBODY = gettext_lazy("Those who answer with you see this, and everybody when it is sent.")
NAMES = gettext_lazy("The parties see this. It is forgotten some time after the consultation.")


class PartForm(SealedForm):
    """One part: its questions, the comments that there are, and room for one more.

    A new comment has a key from when the page is opened, so that what is sent twice is written once.
    """

    def __init__(self, data: Any = None, *, part: Part, consultation: Consultation) -> None:
        self.part = part
        self.reader = AND_EVERYBODY if consultation.has_public_answers else COLLEAGUES
        super().__init__(data, standing=standing_of(part))

    def arrange(self) -> None:
        part = self.part
        if part.is_whole:
            self._add("text", LONGEST_TEXT, gettext_lazy("About the whole"), part.text)
        for question in part.questions:
            said = part.answers.get(question.key)
            self._add(f"q-{question.key}", LONGEST_ANSWER, question.text, said.text if said else "")
        for it in self.shown:
            self._add_comment(it.key, it.quotation, it.text)
        for key in self.new_keys:
            self._add_comment(key, "", "")

    @property
    def shown(self) -> list[Comment]:
        """The comments that the form has fields for: of one that was sent, those it was opened with.

        What a colleague has added meanwhile is none of its business.
        """
        sent = [f"c-{it.key}-text" in self.data for it in self.part.comments]
        pairs = zip(self.part.comments, sent, strict=True)
        return [it for it, was_sent in pairs if was_sent or not self.is_bound]

    @property
    def new_keys(self) -> list[str]:
        """The key of the comment that there is room for; as it was sent, if the form was."""
        if not self.part.is_of_section:
            return []
        known = {it.key for it in self.part.comments}
        sent = [found[1] for found in map(NEW.match, self.data) if found]
        if not hasattr(self, "_fresh"):
            self._fresh = [it for it in sent if it not in known][:MOST_NEW] or [new_key()]
        return self._fresh

    def _add_comment(self, key: str, quotation: str, text: str) -> None:
        quoted = gettext_lazy("The words that it is about")
        self._add(f"c-{key}-quotation", LONGEST_QUOTATION, quoted, quotation, rows=2)
        self._add(f"c-{key}-text", LONGEST_COMMENT, gettext_lazy("Comment"), text)

    def _add(self, name: str, most: int, label: Any, initial: str, rows: int = 5) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        field = ProseField(label=label, max_length=most, required=False, widget=widget)
        field.initial = initial
        self.fields[name] = field
        self.audience = {**self.audience, name: self.reader}

    @property
    def comments(self) -> Iterator[tuple[Comment | None, list[forms.BoundField]]]:
        """Each comment with its fields; None where there is room for one."""
        stored = {it.key: it for it in self.shown}
        for key in [*stored, *self.new_keys]:
            yield stored.get(key), [self[f"c-{key}-quotation"], self[f"c-{key}-text"]]

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of the questions, and of what is said of the whole."""
        return [self[name] for name in self.fields if name == "text" or name.startswith("q-")]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for key in [*(it.key for it in self.shown), *self.new_keys]:
            if said.get(f"c-{key}-quotation") and not said.get(f"c-{key}-text"):
                is_new = key in self.new_keys
                if is_new and f"c-{key}-text" not in self.errors:
                    self.add_error(f"c-{key}-text", _("Write what you think of the words."))
        return said

    def told(self, name: str) -> str:
        name = name.removeprefix("=")
        value = texts_of(self.part).get(name, "").strip()
        if name.startswith("c-"):
            return _("A comment is now: %(value)s") % {"value": value or _("taken away")}
        label = self.fields[name].label if name in self.fields else name
        return _("%(field)s is now: %(value)s") % {
            "field": label,
            "value": value or _("taken away"),
        }

    @property
    def said(self) -> dict[str, Any]:
        """As `answering.save_part` takes it."""
        found = self.cleaned_data
        keys = [*(it.key for it in self.shown), *self.new_keys]
        return {
            "text": found.get("text", ""),
            "answers": {it.key: found[f"q-{it.key}"] for it in self.part.questions},
            "comments": {
                key: (found[f"c-{key}-quotation"], found[f"c-{key}-text"]) for key in keys
            },
        }


def texts_of(part: Part) -> dict[str, str]:
    """What the part says, by what a form calls it."""
    found = {"text": part.text} if part.is_whole else {}
    for question in part.questions:
        said = part.answers.get(question.key)
        found[f"q-{question.key}"] = said.text if said else ""
    return {**found, **{f"c-{it.key}": f"{it.quotation}\n{it.text}" for it in part.comments}}


def standing_of(part: Part) -> dict[str, str]:
    """A fingerprint of each text, since the texts are long."""
    return {f"={name}": read_of(text) for name, text in texts_of(part).items()}


class SendForm(SealedForm):
    """The position, and who sends. It carries all that is sent, so that nobody sends what is unseen."""

    position = forms.ChoiceField(
        label=gettext_lazy("What do you think of the draft?"),
        choices=Position.choices,
        widget=forms.RadioSelect,
    )
    answered_by = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    answered_as = forms.CharField(
        label=gettext_lazy("Your role in the organisation"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    audience = dict.fromkeys(("answered_by", "answered_as"), NAMES)

    def __init__(self, data: Any = None, *, answer: Answer, name: str = "") -> None:
        self.answer = answer
        initial = {"answered_by": name}
        if answer.reply:
            initial["position"] = answer.reply.position
        super().__init__(data, standing=answer.standing(), initial=initial)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("position") in {Position.REMARKS, Position.OPPOSES} and self.answer.is_empty:
            self.add_error("position", _("Say why: write about the whole, or of some section."))
        return said

    def told(self, name: str) -> str:
        part = next((it for it in self.answer.parts if f"part-{it.name}" == name), None)
        title = part.title if part else _("On sections that are no longer there")
        words = {"part": title}
        return _("Something else is written now under “%(part)s”. Look it through.") % words

    @property
    def said(self) -> dict[str, Any]:
        """What the answer is given: a position, and who sends it."""
        return {
            name: self.cleaned_data[name] for name in ("position", "answered_by", "answered_as")
        }


class NameForm(WritingForm):
    """By which somebody without an account comes to answer."""

    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = AddressField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("A link by which you answer goes there."),
        max_length=LONGEST,
    )

    audience = {
        "name": gettext_lazy("The parties see this, and everybody if the answers are public."),
        "email": gettext_lazy(
            "The parties see this. It is forgotten some time after the consultation."
        ),
    }
