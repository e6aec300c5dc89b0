"""The parts of an answer: their forms, and what is done when one is sent in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.enquiries import answering
from tillit.enquiries.answering import Answerer
from tillit.enquiries.details import Details
from tillit.enquiries.forms.answer import (
    ContactsForm,
    DetailsForm,
    NameForm,
    QuestionsForm,
    RightForm,
    standing_contacts,
    standing_facts,
)
from tillit.kit.forms import SealedForm, take_errors
from tillit.kit.refusal import Refused

LAST = "name"
RIGHT = "right"  # the button that says that all of it is right
CAN_BE_RIGHT = {"details", "contacts"}
TITLES: dict[str, str | Promise] = {
    "details": gettext_lazy("Are these details right?"),
    "contacts": gettext_lazy("Who are your contact persons?"),
    "questions": gettext_lazy("A few questions"),
    LAST: gettext_lazy("Who answers?"),
}


@dataclass(frozen=True)
class Step:
    name: str
    title: str | Promise
    is_done: bool
    is_current: bool


class Answer:
    """An answer on its way, for one request: what is shown, and what is sent in."""

    def __init__(self, who: Answerer, now: datetime, asked_step: str = "") -> None:
        self.who, self.asked, self.now, self.asked_step = who, who.asked, now, asked_step

    @cached_property
    def names(self) -> list[str]:
        return [*answering.steps_of(self.who), LAST]

    def is_done(self, name: str) -> bool:
        return self.asked.is_answered if name == LAST else bool(getattr(self.asked, f"{name}_at"))

    @property
    def current(self) -> str:
        """The part that is asked for, or the first that has not been saved; none when all have."""
        if self.asked_step in self.names:
            return self.asked_step
        return next((name for name in self.names if not self.is_done(name)), "")

    @property
    def steps(self) -> list[Step]:
        current = self.current
        return [
            Step(name, TITLES[name], self.is_done(name), name == current) for name in self.names
        ]

    @cached_property
    def details(self) -> Details:
        return self.who.details(self.now)

    @cached_property
    def answers(self) -> dict[int, Any]:
        """What has been answered; nothing of one that is only looked at before it is asked."""
        if not self.asked.pk:
            return {}
        return dict(self.asked.answers.values_list("question_id", "value"))

    def after(self, name: str) -> str:
        """The part that comes after another; none after the last."""
        later = self.names[self.names.index(name) + 1 :] if name in self.names else self.names
        return next(iter(later), "")

    def form(self, name: str, data: Any = None) -> SealedForm:
        match name:
            case "details":
                standing = standing_facts(self.details.facts)
                hidden = self.asked.member.protected
                return DetailsForm(data, standing=standing, is_protected=hidden)
            case "contacts":
                return self.contacts_form(data)
            case "questions":
                return QuestionsForm(data, questions=self.who.questions, answers=self.answers)
            case "name":
                return NameForm(data, standing=self.name_standing())
        raise Refused(_("There is no such part."), 404)

    def contacts_form(self, data: Any = None) -> ContactsForm:
        contacts, new = self.details.contacts, self.details.new_contacts
        return ContactsForm(data, contacts=contacts, new=new)

    def name_standing(self) -> dict[str, str]:
        return {"answered_by": self.asked.answered_by, "answered_as": self.asked.answered_as}

    def right_form(self, name: str, data: Any) -> RightForm:
        """What says that a part is right, of which it is told if somebody changed it meanwhile."""
        if name == "details":
            fields = DetailsForm.base_fields
            labels = {it: str(field.label) for it, field in fields.items()}
            return RightForm(data, standing=standing_facts(self.details.facts), labels=labels)
        contacts, new = self.details.contacts, self.details.new_contacts
        labels = {it.row_key: it.title for it in contacts}
        labels |= {f"new{it.key}": it.after["name"] for it in new}
        return RightForm(data, standing=standing_contacts(contacts, new), labels=labels)

    def take(self, name: str, do: str, data: Mapping[str, Any]) -> SealedForm | None:
        """Save a part. Gives the form when it can't be, with what is wrong. Runs in a transaction."""
        if name not in self.names:
            raise Refused(_("There is no such part."), 404)
        if do == RIGHT and name in CAN_BE_RIGHT:
            right = self.right_form(name, data)
            if not right.is_valid():
                return right
            answering.confirm(self.who, name, self.now)
            return None
        form = self.form(name, data)
        try:
            if form.is_valid():
                self.save(form)
        except ValidationError as error:
            take_errors(form, error)
        return form if form.errors else None

    def save(self, form: SealedForm) -> None:
        match form:
            case DetailsForm():
                answering.save_facts(self.who, form.said, self.now)
            case ContactsForm():
                answering.save_contacts(self.who, form.known, form.added, self.now)
            case QuestionsForm():
                answering.save_answers(self.who, form.said, self.now)
            case NameForm():
                said = form.cleaned_data
                answering.finish(self.who, said["answered_by"], said["answered_as"], self.now)
