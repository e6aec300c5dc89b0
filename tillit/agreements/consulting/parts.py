"""An answer part by part: the whole, each portion with its text beside, what is gone, and sending it."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from tillit.agreements.consulting.chapters import Portion, name_of, portions_of
from tillit.agreements.models import (
    Comment,
    ConsultationQuestion,
    Consulted,
    QuestionAnswer,
    Reply,
)
from tillit.agreements.models.comment import read_of
from tillit.kit.markdown_text import as_text
from tillit.kit.refusal import Refused

WHOLE, GONE, SEND = "allmant", "borta", "skicka"


@dataclass
class Part:
    """A part of an answer: what is asked there, and what has been said."""

    name: str
    title: str
    section: Portion | None = None  # what it is on
    questions: list[ConsultationQuestion] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    answers: dict[str, QuestionAnswer] = field(default_factory=dict)
    text: str = ""  # about the whole

    @property
    def is_whole(self) -> bool:
        return self.name == WHOLE

    @property
    def is_of_section(self) -> bool:
        return self.section is not None

    @property
    def count(self) -> int:
        return len(self.comments) + len(self.answers) + bool(self.text)

    @property
    def answered(self) -> list[tuple[ConsultationQuestion, str]]:
        """The questions that have an answer, with it."""
        return [(it, self.answers[it.key].text) for it in self.questions if it.key in self.answers]


def told_changes(comments: list[Comment], sections: Mapping[str, Portion]) -> None:
    """Each with `fate`, in words, if its section has been changed or is gone since it was written."""
    for it in comments:
        it.fate = fate_of(it, sections.get(it.section))  # type: ignore[attr-defined]


def fate_of(it: Comment, section: Portion | None) -> str:
    if section is None:
        return _("The section is no longer in the draft. The comment is kept.")
    stands = stands_in(it.quotation, section.text)
    if it.read == read_of(section.text):
        return (
            "" if stands or not it.quotation else _("The quoted words don't stand so in the text.")
        )
    if it.quotation and stands:
        return _("The section has been changed since. What is quoted still stands there.")
    return _("The section has been changed since the comment was written. The comment is kept.")


def stands_in(quotation: str, text: str) -> bool:
    """Whether the words stand there as they are read, whatever marks and spaces are about them. Of what
    is quoted in pieces, with dots between, each piece.
    """
    there = told_plainly(as_text(text))
    pieces = [told_plainly(it) for it in re.split(r"\.{3}|…", quotation)]
    return all(it in there for it in pieces)


def told_plainly(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


class Answer:
    """What one that is asked has said so far, with what it is asked, for one request."""

    def __init__(self, consulted: Consulted, reply: Reply | None) -> None:
        self.consulted, self.reply = consulted, reply

    @cached_property
    def portions(self) -> list[Portion]:
        return portions_of(self.consulted.consultation.version)

    @cached_property
    def questions(self) -> list[ConsultationQuestion]:
        return list(self.consulted.consultation.questions.all())

    @cached_property
    def comments(self) -> list[Comment]:
        found = list(self.reply.comments.all()) if self.reply else []
        told_changes(found, {it.subject: it for it in self.portions})
        return found

    @cached_property
    def answers(self) -> dict[int, QuestionAnswer]:
        rows = self.reply.questionanswers.all() if self.reply else []
        return {it.question_id: it for it in rows}

    @cached_property
    def parts(self) -> list[Part]:
        """All but the sending of it, in the order in which they are read."""
        subjects = {it.subject: it for it in self.portions}
        by_section: dict[str, list[Comment]] = defaultdict(list)
        for it in self.comments:
            by_section[it.section if it.section in subjects else ""].append(it)
        found = [self._whole()]
        found += [self._of(it, by_section[it.subject]) for it in self.portions]
        if by_section[""]:
            title = _("On sections that are no longer there")
            found.append(Part(GONE, title, comments=by_section[""]))
        return found

    def _whole(self) -> Part:
        text = self.reply.text if self.reply else ""
        return self._asked(Part(WHOLE, _("The whole"), text=text), None)

    def _of(self, portion: Portion, comments: list[Comment]) -> Part:
        part = Part(name_of(portion), str(portion), portion, comments=comments)
        return self._asked(part, portion.pk)

    def _asked(self, part: Part, section: int | None) -> Part:
        part.questions = [it for it in self.questions if it.section_id == section]
        part.answers = {
            it.key: self.answers[it.pk] for it in part.questions if it.pk in self.answers
        }
        return part

    def part(self, name: str) -> Part:
        """Raises Refused."""
        found = next((it for it in self.parts if it.name == name), None)
        if found is None:
            raise Refused(_("There is no such part: it may have been taken away meanwhile."), 404)
        return found

    def after(self, name: str) -> str:
        """The part that comes after another, at last the sending of it."""
        names = [*(it.name for it in self.parts), SEND]
        return names[names.index(name) + 1] if name in names[:-1] else SEND

    @property
    def said(self) -> list[Part]:
        """The parts in which anything has been said."""
        return [it for it in self.parts if it.count]

    @property
    def is_empty(self) -> bool:
        return not self.said

    def standing(self) -> dict[str, Any]:
        """A fingerprint of each part, so that nobody sends what they have not seen."""
        found: dict[str, Any] = {}
        for part in self.parts:
            said = [
                part.text,
                [[it.key, it.quotation, it.text] for it in part.comments],
                sorted([key, it.text] for key, it in part.answers.items()),
            ]
            found[f"part-{part.name}"] = read_of(json.dumps(said))
        return found
