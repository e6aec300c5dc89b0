"""Answering a consultation: a draft that an organisation shares, sent by one, replaced by another.

The consultation and the one asked are locked while anything is written, so that nothing comes in after
it was closed, and of two who send only one does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.agreements.choices import Came
from tillit.agreements.consulting.parts import Answer, Part
from tillit.agreements.consulting.receipts import write_link, write_receipt
from tillit.agreements.models import (
    Comment,
    Consultation,
    Consulted,
    Party,
    QuestionAnswer,
    Reply,
)
from tillit.agreements.models.comment import read_of
from tillit.kit.changes import Actor, create, new_key, together
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.refusal import Refused
from tillit.kit.together import Together
from tillit.register.models import Organisation

MOST_COMMENTS = 300
AGAIN = 600  # seconds before the same link is mailed once more


@dataclass(frozen=True)
class Answerer:
    """Who answers, for whom: somebody signed in for it, or whoever has the link."""

    consulted: Consulted
    viewer: Viewer  # signed in, or nobody

    @property
    def actor(self) -> Actor:
        if self.viewer.account is None:
            asked = self.consulted
            behalf = asked.organisation.subject if asked.organisation else ""
            return Actor(asked.subject, behalf)
        return Actor.of(self.viewer)

    @property
    def subject(self) -> str:
        return "" if self.viewer.account is None else self.actor.person


def locked(consulted: Consulted) -> Consulted:
    """The row and its consultation as they stand now, kept until the end of the transaction."""
    found: Consulted = (
        Consulted.objects.select_for_update(of=("self", "consultation"))
        .select_related("consultation__version__agreement", "organisation")
        .get(pk=consulted.pk)
    )
    return found


def must_take_answers(it: Consultation, now: datetime) -> None:
    if not it.takes_answers_on(timezone.localdate(now)):
        raise Refused(closed_words(it), 409)


def closed_words(it: Consultation) -> str:
    """That nothing is taken any more, and whom to write to."""
    whom = it.contact or ", ".join(str(party) for party in parties_told(it))
    words = {"contact": whom or it.agreement.title}
    return _("The consultation is closed. Write to %(contact)s instead.") % words


def parties_told(it: Consultation) -> Iterable[Party]:
    """The parties of today of which everybody may read."""
    rows = Party.objects.visible_to(Viewer()).filter(agreement=it.agreement).on(today())
    found: Iterable[Party] = rows.select_related("organisation")
    return found


def for_organisation(consultation: Consultation, organisation: Organisation) -> Consulted | None:
    """The organisation as it is asked, or may come by itself (then not written yet); or None."""
    rows = consultation.consulted.select_related("organisation")
    found: Consulted | None = rows.filter(organisation=organisation).first()
    if found is None and consultation.is_open and consultation.is_open_to_all:
        found = Consulted(consultation=consultation, organisation=organisation, came=Came.ITSELF)
    if found is not None:
        found.consultation = consultation
    return found


def come(consulted: Consulted, actor: Actor, now: datetime) -> Consulted:
    """Write down one that came by itself, once."""
    if consulted.pk:
        return consulted
    Consultation.objects.select_for_update().get(pk=consulted.consultation_id)
    rows = Consulted.objects.filter(consultation=consulted.consultation_id)
    found: Consulted | None = rows.filter(organisation=consulted.organisation).first()
    if found:
        return found
    consulted.key, consulted.confirmed_at = new_key(), now
    consulted.make_link()
    return create(consulted, actor)


def name_oneself(
    consultation: Consultation, said: Mapping[str, Any], language: str, now: datetime
) -> None:
    """Somebody without an account wants to answer: a link goes to the address, the same each time."""
    with transaction.atomic():
        it = Consultation.objects.select_for_update().get(pk=consultation.pk)
        must_take_answers(it, now)
        rows = Consulted.objects.filter(consultation=it, organisation=None, email=said["email"])
        found = rows.select_related("consultation__version__agreement").first()
        if found is None:
            found = Consulted(key=new_key(), consultation=it, came=Came.ITSELF, **said)
            found.language = language
            found.make_link()
            create(found, Actor(found.subject))
        elif found.asked_at and (now - found.asked_at).total_seconds() < AGAIN:
            return
        write_link(found)
        Consulted.objects.filter(pk=found.pk).update(asked_at=now, addresses=1)


def draft_of(consulted: Consulted) -> Reply | None:
    found: Reply | None = consulted.replies.drafts().first() if consulted.pk else None
    return known(found, consulted)


def sent_of(consulted: Consulted) -> Reply | None:
    """What stands as its answer."""
    found: Reply | None = consulted.replies.sent().first() if consulted.pk else None
    return known(found, consulted)


def known(reply: Reply | None, consulted: Consulted) -> Reply | None:
    if reply is not None:
        reply.consulted, reply.consultation = consulted, consulted.consultation
    return reply


def writable(who: Answerer, now: datetime) -> Reply:
    """The draft, begun if there is none. Raises Refused when all has been sent already."""
    asked = who.consulted
    must_take_answers(asked.consultation, now)
    if draft := draft_of(asked):
        return draft
    if sent := sent_of(asked):
        raise Refused(already_sent(sent), 409)
    confirm(asked, now)
    row = Reply(
        key=new_key(),
        consultation=asked.consultation,
        consulted=asked,
        organisation=asked.organisation,
    )
    return create(row, who.actor)


def already_sent(sent: Reply) -> str:
    words = {"who": sent.answered_by or _("a colleague")}
    return _("The answer has been sent already, by %(who)s. Load the page again to see it.") % words


def confirm(asked: Consulted, now: datetime) -> None:
    """Whoever has the link reads the mail to the address."""
    if asked.came == Came.ITSELF and asked.confirmed_at is None:
        Consulted.objects.filter(pk=asked.pk).update(confirmed_at=now)


def save_part(who: Answerer, part: Part, said: Mapping[str, Any], now: datetime) -> None:
    """What shall stand of a part. `said` has text, answers {key: text} and comments {key: (…, …)}."""
    reply = writable(who, now)
    with together(who.actor) as it:
        if part.is_whole:
            it.change(reply, {"text": said["text"]})
        for question in part.questions:
            save_answer(it, reply, part, question, said["answers"].get(question.key, ""))
        save_comments(it, reply, part, said["comments"])


def save_answer(it: Together, reply: Reply, part: Part, question: Any, text: str) -> None:
    stored = part.answers.get(question.key)
    if stored and text:
        it.change(stored, {"text": text})
    elif stored:
        it.remove(stored)
    elif text:
        it.create(QuestionAnswer(key=new_key(), reply=reply, question=question, text=text))


def save_comments(
    it: Together, reply: Reply, part: Part, said: Mapping[str, tuple[str, str]]
) -> None:
    stored = {row.key: row for row in part.comments}
    for key, (quotation, text) in said.items():
        row = stored.get(key)
        if row and text:
            it.change(row, {"quotation": quotation, "text": text})
        elif row:
            it.remove(row)
        elif text and part.section:
            it.create(comment(reply, part, key, quotation, text))


def comment(reply: Reply, part: Part, key: str, quotation: str, text: str) -> Comment:
    """A new one. The key came with the page, so that what is sent twice is written once."""
    section, count = part.section, reply.comments.count()
    if count >= MOST_COMMENTS or section is None:
        words = {"most": MOST_COMMENTS}
        raise Refused(_("There are %(most)s comments already. Write the rest as one.") % words, 409)
    return Comment(
        key=key,
        reply=reply,
        section=section.subject,
        section_number=section.number,
        section_heading=section.heading,
        read=read_of(section.text),
        number=count + 1,
        quotation=quotation,
        text=text,
    )


def send(who: Answerer, said: Mapping[str, Any], now: datetime) -> Reply:
    """One person sends what the organisation has written. An earlier one gives way till the last day."""
    asked = who.consulted
    draft, sent = draft_of(asked), sent_of(asked)
    must_take_answers(asked.consultation, now)
    late = asked.consultation.is_late_on(timezone.localdate(now))
    if draft is None:
        if sent:
            raise Refused(already_sent(sent), 409)
        draft = writable(who, now)
    elif sent and late:
        raise Refused(too_late_to_replace(asked.consultation), 409)
    with together(who.actor) as it:
        if sent:
            it.change(sent, {"replaced_by": draft})
        it.change(draft, {**said, "by": who.subject, "submitted_at": now, "is_late": late})
    write_receipt(draft, Answer(asked, draft), who.viewer, now)
    return draft


def change_again(who: Answerer, now: datetime) -> Reply:
    """Begin a draft with all that was sent, to send instead of it."""
    asked = who.consulted
    must_take_answers(asked.consultation, now)
    if draft := draft_of(asked):
        return draft
    sent = sent_of(asked)
    if sent is None:
        return writable(who, now)
    if asked.consultation.is_late_on(timezone.localdate(now)):
        raise Refused(too_late_to_replace(asked.consultation), 409)
    return copied(sent, who.actor)


def copied(sent: Reply, actor: Actor) -> Reply:
    own = ("consultation", "consulted", "organisation", "position", "text")
    with together(actor) as it:
        draft = it.create(Reply(key=new_key(), **{name: getattr(sent, name) for name in own}))
        told = ("section", "section_number", "section_heading", "read", "number")
        for row in sent.comments.all():
            kept = {name: getattr(row, name) for name in (*told, "quotation", "text")}
            it.create(Comment(key=new_key(), reply=draft, **kept))
        for row in sent.questionanswers.all():
            it.create(
                QuestionAnswer(key=new_key(), reply=draft, question=row.question, text=row.text)
            )
    return draft


def too_late_to_replace(it: Consultation) -> str:
    words = {"contact": it.contact or it.agreement.title}
    return (
        _("The last day is over, so an answer that was sent stands. Write to %(contact)s instead.")
        % words
    )


def leave_draft(who: Answerer, now: datetime) -> None:
    """Throw the draft away. What was sent stands."""
    must_take_answers(who.consulted.consultation, now)
    draft = draft_of(who.consulted)
    if draft is None:
        raise Refused(_("There is nothing to throw away."), 409)
    with together(who.actor) as it:
        for row in (*draft.comments.all(), *draft.questionanswers.all()):
            it.remove(row)
        it.remove(draft)
