"""Write a mail: it is kept as a row, and sent in the background.

    write(
        "register/mail/invitation.md",
        Addressee("mina@example.org", "Mina", "sv", person="person:mina"),
        {"organisation": organisation.name, "answer": Page("register:invitation", {"key": key})},
        kind="invitation",
        about=invitation.subject,
    )

The template is one file of Markdown: `Subject: …` first, if need be `Why: …` (why one gets it), an
empty line, and the text; a link alone on its line becomes a button. Values may be texts, numbers,
days, lists of these, a `Page` of ours or `Prose` by somebody who may write mails.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tillit.kit.background.queue import enqueue_once
from tillit.kit.demo import is_demo
from tillit.kit.lines import clean
from tillit.post.harmless import Page, Prose, Url
from tillit.post.holding import comparable, held
from tillit.post.models import Message, State
from tillit.post.models.message import new_key
from tillit.post.opting_out import opt_out_url
from tillit.post.rendering import Foot, render
from tillit.post.server import Sender, current_post, domain
from tillit.post.tasks import deliver

__all__ = [
    "Addressee",
    "Mailing",
    "Page",
    "Prose",
    "Url",
    "keep",
    "prepared",
    "take_back",
    "write",
]

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Addressee:
    """Who gets a mail; `person` and `organisation` are opaque subjects."""

    email: str
    name: str = ""
    language: str = ""
    person: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Mailing:
    """What the mails of one writing have in common.

    `kind` says what they are, `about` which row they belong to (`invitation:xyz`). `urgent` ones go
    before others. A `topic` makes them mails that one may opt out of. The text of `secret` ones is
    erased when they have been sent, or won't be. What still waits when it is no longer `good_until`
    is not sent at all. `sender_name` is in whose name they come, if not in the
    installation's.
    """

    template: str
    kind: str
    about: str = ""
    urgent: bool = False
    topic: str = ""
    secret: bool = False
    reply_to: str = ""
    sender_name: str = ""
    good_until: datetime | None = None


def write(
    template: str,
    to: Addressee,
    context: Values | None = None,
    *,
    kind: str,
    about: str = "",
    urgent: bool = False,
    topic: str = "",
    secret: bool = False,
    reply_to: str = "",
    sender_name: str = "",
    good_until: datetime | None = None,
) -> Message:
    """One mail to one receiver. See `Mailing` for what the words mean."""
    mailing = Mailing(
        template, kind, about, urgent, topic, secret, reply_to, sender_name, good_until
    )
    message = message_of(mailing, to, context or {}, current_post().sender)
    with transaction.atomic():
        settle_at_once([message])
        message.save(force_insert=True)
        transaction.on_commit(send_soon)
    return message


def prepared(
    mailing: Mailing,
    receivers: Iterable[Addressee],
    values: Callable[[Addressee], Values] | None = None,
) -> list[Message]:
    """The mails of a batch, for `keep`. Made apart since making them takes longer than keeping them."""
    sender = current_post().sender
    messages = [message_of(mailing, to, values(to) if values else {}, sender) for to in receivers]
    for message in messages:
        message.once = f"{mailing.about} {message.to_email}" if mailing.about else ""
    return messages


def keep(messages: list[Message]) -> None:
    """Write them as rows: no second one about the same to an address that has one already."""
    with transaction.atomic():
        settle_at_once(messages)
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        transaction.on_commit(send_soon)


def message_of(mailing: Mailing, to: Addressee, values: Values, sender: Sender) -> Message:
    key, language = new_key(), to.language or settings.LANGUAGE_CODE
    name = mailing.sender_name or sender.name
    foot = Foot(name, opt_out_url(key, language) if mailing.topic else None)
    rendered = render(mailing.template, values, language, foot)
    return Message(
        key=key,
        message_id=f"<{key}@{domain(sender)}>",
        kind=mailing.kind,
        about=mailing.about,
        urgent=mailing.urgent,
        topic=mailing.topic,
        secret=mailing.secret,
        good_until=mailing.good_until,
        sender_name=clean(mailing.sender_name)[:120],
        reply_to=mailing.reply_to,
        to_email=comparable(to.email),
        to_name=clean(to.name)[:200],
        language=language,
        person=to.person,
        organisation=to.organisation,
        subject_line=rendered.subject,
        text=rendered.text,
        html=rendered.html,
    )


def settle_at_once(messages: list[Message]) -> None:
    """What may not be sent is held; in a demo the rest is sent, to the demo mailbox alone."""
    stopped, now = held(messages), timezone.now()
    for message in messages:
        if message.key in stopped:
            message.hold(now)
        elif is_demo():
            message.state, message.sent_at, message.settled_at = State.SENT, now, now


def take_back(about: str, kind: str) -> int:
    """Don't send what still waits, and forget what it said. What a worker has taken goes."""
    return Message.objects.waiting().about(about).filter(kind=kind).emptied(timezone.now())


def send_soon() -> None:
    """Have a worker look, unless one is about to."""
    if not is_demo():
        enqueue_once(deliver)
