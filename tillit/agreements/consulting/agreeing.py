"""Both sides say go ahead, each for itself, and then it is done. Neither moves it alone.

What is said go ahead to has a fingerprint. If anything of it changes, what was said counts no longer.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.agreements.choices import Matter
from tillit.agreements.consulting import turning
from tillit.agreements.consulting.preparing import locked
from tillit.agreements.models import (
    Aim,
    Commitment,
    Consultation,
    Definition,
    GoAhead,
    Measure,
    Principle,
    Section,
)
from tillit.kit.changes import Actor, change, create
from tillit.kit.refusal import Refused
from tillit.register.choices import Side

# What a version says beside its text, and the column that stands before what each says.
HEADED = {
    Aim: "kind",
    Principle: "heading",
    Definition: "term",
    Commitment: "side",
    Measure: "title",
}
ASKED = (
    "title",
    "introduction",
    "deadline",
    "closes",
    "remind_before",
    "is_open_to_all",
    "has_public_answers",
    "contact",
)


def fingerprint(it: Consultation, matter: str, day: date | None = None) -> str:
    """Of what one says go ahead to."""
    said: list[Any] = [matter, it.key]
    match matter:
        case Matter.OPEN:
            said += [[str(getattr(it, name)) for name in ASKED], asked_by(it), wording_of(it)]
        case Matter.PROLONG:
            said += [str(it.deadline), str(day)]
        case Matter.PUBLISH:
            rows = it.responses.order_by("pk")
            said += [list(rows.values_list("pk", "outcome", "why", "led_to"))]
    return sha256(json.dumps(said).encode()).hexdigest()


def asked_by(it: Consultation) -> list[Any]:
    questions = it.questions.order_by("pk").values_list("number", "text", "section")
    invited = it.consulted.order_by("pk").values_list("organisation", flat=True)
    return [list(questions), list(invited)]


def wording_of(it: Consultation) -> list[Any]:
    """The keys and texts of all that the version says, and what else stands of its measures."""
    rows = [texts(model, it.version_id) for model in (Section, *HEADED)]
    head = [it.version.label, it.version.title, it.version.description]
    told = sorted(rows[0].union(*rows[1:], all=True))
    return [head, told, measures_of(it.version_id)]


def measures_of(version: int) -> list[Any]:
    """Who leads each, when, and what it serves: a row for each that it serves."""
    rows = Measure.objects.filter(version=version).order_by("key", "serves__key")
    return list(rows.values_list("key", "number", "lead", "start", "end", "seen", "serves__key"))


def texts(model: Any, version: int) -> Any:
    head = numbered() if model is Section else F(HEADED[model])
    rows = model.objects.filter(version=version).order_by()
    return rows.values_list("key", Concat(head, Value("\n"), F("text"), output_field=TextField()))


def numbered() -> Concat:
    return Concat(F("number"), Value(" "), F("heading"), output_field=TextField())


@dataclass(frozen=True)
class Agreed:
    """How far the two have come with a matter: what stands of each side."""

    matter: Matter
    stood: str
    said: dict[str, GoAhead]
    day: date | None = None

    @property
    def sides(self) -> Iterable[tuple[Side, GoAhead | None, bool]]:
        """Both, each with what it has said, and whether that is of what stands now."""
        for side in Side:
            found = self.said.get(side.value)
            yield side, found, found is not None and found.stood == self.stood

    def has_said(self, side: str) -> bool:
        return side in self.said and self.said[side].stood == self.stood

    @property
    def is_begun(self) -> bool:
        return any(current for _side, _found, current in self.sides)

    @property
    def title(self) -> str:
        return str(self.matter.label)


def agreed_on(it: Consultation, matter: Matter, day: date | None = None) -> Agreed:
    return weighed(it, matter, list(it.go_aheads.standing()), day)


def weighed(
    it: Consultation, matter: Matter, rows: Sequence[GoAhead], day: date | None = None
) -> Agreed:
    """How far they have come, of the go-aheads that stand. A new last day is the latest proposed."""
    said = {row.side: row for row in rows if row.matter == matter}
    if matter == Matter.PROLONG and day is None:
        latest = max(said.values(), key=lambda row: row.given_at, default=None)
        day = latest.day if latest else None
    return Agreed(matter, fingerprint(it, matter, day), said, day)


@dataclass(frozen=True)
class Word:
    """What a side says go ahead to: the matter, as it stood when it was looked at."""

    side: str
    matter: Matter
    stood: str
    day: date | None = None  # the new last day, if it is that


def say(consultation: Consultation, word: Word, actor: Actor, now: datetime) -> bool:
    """A side says go ahead. Whether it was done, since the other had said so too.

    Nobody writes in the version meanwhile.
    """
    with transaction.atomic():
        consultation.version.lock()
        it = locked(consultation)
        turning.must_be_possible(it, word.matter, timezone.localdate(now), word.day)
        agreed = agreed_on(it, word.matter, word.day)
        if word.stood != agreed.stood:
            raise Refused(_("It has been changed since you opened the page. Look at it anew."), 409)
        if not agreed.has_said(word.side):
            put_down(it, agreed, word.side, actor, now)
        return do_if_both(it, word, actor, now)


def put_down(it: Consultation, agreed: Agreed, side: str, actor: Actor, now: datetime) -> None:
    if former := agreed.said.get(side):
        change(former, {"taken_back_at": now}, actor)
    row = GoAhead(
        consultation=it,
        side=side,
        matter=agreed.matter,
        stood=agreed.stood,
        day=agreed.day,
        given_at=now,
        by=actor.person,
        behalf=actor.behalf,
    )
    create(row, actor)


def do_if_both(it: Consultation, word: Word, actor: Actor, now: datetime) -> bool:
    agreed = agreed_on(it, word.matter, word.day)
    if not all(agreed.has_said(side) for side in Side.values):
        return False
    for row in agreed.said.values():
        change(row, {"used_at": now}, actor)
    turning.do(it, word.matter, actor, now, word.day)
    return True


def take_back(
    consultation: Consultation, matter: Matter, side: str, actor: Actor, now: datetime
) -> None:
    """A side says that it does not go ahead after all. Of what has been published, that it hides."""
    with transaction.atomic():
        it = locked(consultation)
        found = it.go_aheads.standing().filter(matter=matter, side=side).first()
        if found is not None:
            change(found, {"taken_back_at": now}, actor)
        elif matter == Matter.PUBLISH and it.responses_at:
            turning.unpublish(it, actor, now)
        else:
            raise Refused(_("There is nothing to take back."), 409)
