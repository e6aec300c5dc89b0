"""Answering for a member, part by part. Who comes second is told what the first answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.enquiries.details import Details, Said, viewer_for_link
from tillit.enquiries.models import Answer, Asked, Correction, Question, Way, What
from tillit.enquiries.rules import may_take_over
from tillit.enquiries.taking_over import take_over
from tillit.kit.changes import Actor, change, create, new_key, remove
from tillit.kit.circles import Viewer
from tillit.kit.refusal import Refused


@dataclass
class Answerer:
    """Who answers, and how: by the link, signed in for the member, or the office on the phone."""

    way: Way
    asked: Asked
    viewer: Viewer  # signed in, or nobody

    @property
    def reads_as(self) -> Viewer:
        """What of the member's own is shown. The office sees what it sees anyhow."""
        return self.viewer if self.way == Way.OFFICE else viewer_for_link(self.asked.member)

    @property
    def actor(self) -> Actor:
        if self.viewer.account is None:
            return Actor(self.asked.subject, self.asked.member.subject)
        return Actor.of(self.viewer)

    @property
    def subject(self) -> str:
        return "" if self.viewer.account is None else self.actor.person

    @property
    def sees_details(self) -> bool:
        """The office neither sees nor writes down what is protected."""
        return self.way != Way.OFFICE or not self.asked.member.protected

    @property
    def sees_contacts(self) -> bool:
        """Nor how a member is reached that another secretariat looks after."""
        keeper = self.asked.member.secretariat
        circles = {self.asked.member.own_circle, *([keeper.own_circle] if keeper else [])}
        return self.sees_details and (self.way != Way.OFFICE or bool(circles & self.viewer.circles))

    @cached_property
    def questions(self) -> list[Question]:
        return list(self.asked.enquiry.questions.all())

    def details(self, now: datetime) -> Details:
        return Details(self.asked, self.reads_as, timezone.localdate(now))


def is_open(asked: Asked, now: datetime) -> bool:
    enquiry = asked.enquiry
    last = enquiry.closes
    return enquiry.is_open and last is not None and timezone.localdate(now) <= last


def must_be_open(asked: Asked, now: datetime) -> None:
    if not is_open(asked, now):
        raise Refused(_("The last day to answer is over."), 409)


def confirm(who: Answerer, step: str, now: datetime) -> None:
    """A part has been looked through."""
    change(who.asked, {f"{step}_at": now, **_way(who)}, who.actor)


def _way(who: Answerer) -> dict[str, Any]:
    return {"way": who.way, "by": who.subject}


def save_facts(who: Answerer, said: Mapping[What, Mapping[str, Any]], now: datetime) -> None:
    """What shall stand of the name, the website and the address."""
    details = who.details(now)
    for it in details.facts:
        correct(who, details, it, dict(said[it.what]), now)
    confirm(who, "details", now)


def save_contacts(
    who: Answerer,
    said: Mapping[str, Mapping[str, Any] | None],
    new: Iterable[tuple[str, Mapping[str, Any]]],
    now: datetime,
) -> None:
    """What shall stand of each contact; nothing of one that has ended; and those that are new.

    A new one is known by the key of its correction, or by none; without a name it is forgotten.
    """
    details = who.details(now)
    for it in details.contacts:
        if it.row_key in said:
            after = said[it.row_key]
            if after is None:
                end_contact(who, details, it, now)
            else:
                forget(details, What.CONTACT_ENDED, it.row_key, who)
                correct(who, details, with_what(it, What.CONTACT), dict(after), now)
    for key, after in new:
        save_new(who, details, key, dict(after), now)
    confirm(who, "contacts", now)


def with_what(it: Said, what: What) -> Said:
    return Said(what, it.row_key, it.before, it.after, it.is_function, it.title)


def end_contact(who: Answerer, details: Details, it: Said, now: datetime) -> None:
    forget(details, What.CONTACT, it.row_key, who)
    if details.correction_of(What.CONTACT_ENDED, it.row_key) is None:
        write(who, What.CONTACT_ENDED, it.row_key, {"name": it.title, **it.before}, {}, now)


def save_new(
    who: Answerer, details: Details, key: str, after: dict[str, Any], now: datetime
) -> None:
    known = next((it for it in details.new_contacts if it.key == key), None)
    if known and not after["name"]:
        remove(known, who.actor)
    elif known:
        change(known, {"after": after, "said_at": now}, who.actor)
    elif after["name"]:
        write(who, What.CONTACT_NEW, "", {}, after, now)


def correct(
    who: Answerer, details: Details, it: Said, after: dict[str, Any], now: datetime
) -> None:
    """Keep what shall stand instead. What is right after all needs no correction."""
    waiting = details.correction_of(it.what, it.row_key)
    if after == it.before:
        if waiting:
            remove(waiting, who.actor)
    elif waiting:
        change(waiting, {"after": after, "before": it.before, "said_at": now}, who.actor)
        settle(who, waiting, now)
    else:
        write(who, it.what, it.row_key, it.before, after, now)


def forget(details: Details, what: What, row_key: str, who: Answerer) -> None:
    if found := details.correction_of(what, row_key):
        remove(found, who.actor)


def write(  # noqa: PLR0917 (a row of a table, in its order)
    who: Answerer,
    what: What,
    row_key: str,
    before: dict[str, Any],
    after: dict[str, Any],
    now: datetime,
) -> None:
    row = Correction(
        key=new_key(),
        asked=who.asked,
        organisation=who.asked.member,
        what=what,
        row_key=row_key,
        before=before,
        after=after,
        said_at=now,
    )
    settle(who, create(row, who.actor), now)


def settle(who: Answerer, correction: Correction, now: datetime) -> None:
    """Who is signed in and may change the entry changes it at once; a link may have been forwarded."""
    if who.viewer.account is not None and may_take_over(who.viewer, correction):
        take_over(correction, who.actor, now)


def save_answers(who: Answerer, said: Mapping[Question, Any], now: datetime) -> None:
    """The answers to the umbrella's own questions. None and nothing are no answer."""
    for question, value in said.items():
        if value in (None, "", []):
            Answer.objects.filter(asked=who.asked, question=question).delete()
        else:
            Answer.objects.update_or_create(
                asked=who.asked, question=question, defaults={"value": value}
            )
    confirm(who, "questions", now)


def finish(who: Answerer, name: str, role: str, now: datetime) -> None:
    """All of it has been answered, by whom. It may still be changed until the enquiry closes."""
    must_be_whole(who)
    new = {"answered_at": now, "answered_by": name, "answered_as": role, **_way(who)}
    change(who.asked, new, who.actor)


def must_be_whole(who: Answerer) -> None:
    if any(getattr(who.asked, f"{step}_at") is None for step in steps_of(who)):
        raise Refused(_("Look through all parts first."), 409)


def steps_of(who: Answerer) -> list[str]:
    """The parts that are answered, before the last one, which is who answers."""
    steps = ["details"] if who.sees_details else []
    if who.sees_contacts:
        steps.append("contacts")
    return [*steps, "questions"] if who.questions else steps
