"""A letter as mails: what all of them share, and what each says to its receiver."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from tillit.letters import placeholders
from tillit.letters.models import Letter
from tillit.letters.tidying import with_breaks
from tillit.post.models import Message
from tillit.post.outbox import Addressee, Mailing, Page, Prose, prepared

TEMPLATE = "letters/mail/letter.md"
KIND, TEST = "letter", "letter-test"


@dataclass(frozen=True)
class Letterhead:
    """Whom one mail is written to: the address, and the names that stand in it."""

    email: str
    name: str
    title: str  # the names of the organisations
    language: str
    person: str = ""
    organisation: str = ""


def mails(letter: Letter, heads: Iterable[Letterhead]) -> list[Message]:
    """One mail for each, not yet kept."""
    return written(letter, heads, mailing_of(letter))


def test_mail(letter: Letter, head: Letterhead, to: str) -> Message:
    """The mail as `head` would get it, to somebody else and without a way to say no."""
    mailing = Mailing(TEMPLATE, TEST, reply_to=letter.reply_to, sender_name=sender_of(letter))
    [message] = written(letter, [head], mailing)
    message.to_email, message.to_name, message.person = to, "", ""
    with override(head.language):
        message.subject_line = _("Test: %(subject)s") % {"subject": message.subject_line}
    return message


def written(letter: Letter, heads: Iterable[Letterhead], mailing: Mailing) -> list[Message]:
    by_email = {it.email: it for it in heads}
    addressees = [
        Addressee(it.email, it.name, it.language, it.person, it.organisation)
        for it in by_email.values()
    ]
    return prepared(mailing, addressees, lambda to: values_of(letter, by_email[to.email]))


def mailing_of(letter: Letter) -> Mailing:
    return Mailing(
        TEMPLATE,
        KIND,
        about=letter.subject,
        topic=letter.topic,
        reply_to=letter.reply_to,
        sender_name=sender_of(letter),
    )


def sender_of(letter: Letter) -> str:
    return str(letter.organisation.name)


def values_of(letter: Letter, head: Letterhead) -> Mapping[str, Any]:
    """What the template has, in the language of the receiver."""
    subject, text = letter.words_in(head.language)
    values = placeholders.values_of(head.title, head.name)
    with override(head.language):
        return {
            "subject": placeholders.filled(subject, values) or _("(no subject yet)"),
            "text": Prose(with_breaks(text), values),
            "why": why(letter, head),
            "web": Page("letters:web", {"token": letter.token}) if letter.is_on_web else None,
        }


def why(letter: Letter, head: Letterhead) -> str:
    """Why somebody gets it, in the language that is active."""
    said = _("You get it as contact person of %(organisation)s.") % {"organisation": head.title}
    if letter.topic:
        return said
    return said + " " + _("This letter goes to everybody, also to who has said no to other mail.")
