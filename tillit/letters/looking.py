"""A draft as one of its receivers would get it, and what is missing before it may be sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.circles import Viewer
from tillit.letters.choices import Kind
from tillit.letters.mailing import Letterhead, mails
from tillit.letters.models import Letter
from tillit.letters.models.letter import SWEDISH
from tillit.letters.receivers import Chosen, Receiver
from tillit.post.holding import held
from tillit.post.models import Message

EXAMPLE = "example@example.org"
MOST_OFFERED = 200


@dataclass(frozen=True)
class AsOne:
    """The mail to one receiver, or to the writer when nobody has been chosen yet."""

    letter: Letter
    head: Letterhead
    shown_to: str  # the address, if the writer may see it

    @property
    def mail(self) -> Message:
        [mail] = mails(self.letter, [self.head])
        return mail


def as_one(letter: Letter, found: Chosen, asked: str, viewer: Viewer) -> AsOne:
    """As the receiver that is asked for, else as the first."""
    receivers = found.receivers
    one = next((it for it in receivers if asked in it.subjects), next(iter(receivers), None))
    if one is None:
        name, title = viewer.identity.name, letter.organisation.name
        return AsOne(letter, Letterhead(EXAMPLE, name, title, SWEDISH), "")
    return AsOne(letter, letterhead(letter, one), one.email if one.seen else "")


def letterhead(letter: Letter, receiver: Receiver) -> Letterhead:
    """As it will be; the name only if the writer may see it."""
    name = receiver.name if receiver.seen else ""
    language = letter.language_for(receiver.wished_language)
    return Letterhead(receiver.email, name, receiver.title, language)


def offered(found: Chosen) -> list[tuple[str, str]]:
    """The receivers that one may look as: first one of each language, then by name."""
    first: dict[str, Receiver] = {}
    for it in found.receivers:
        first.setdefault(it.wished_language, it)
    rows = list(dict.fromkeys([*first.values(), *found.receivers[:MOST_OFFERED]]))
    return [(it.subjects[0], label(it)) for it in rows]


def label(it: Receiver) -> str:
    name = it.name if it.seen else ""
    said = f"{it.title}: {name}" if name else it.title
    return f"{said} ({it.wished_language})"


@dataclass(frozen=True)
class Missing:
    """Something that a letter needs before it is sent, and the page where it is put right."""

    text: str | Promise
    page: str


def missing(letter: Letter, found: Chosen) -> Iterator[Missing]:
    if not letter.subject_line:
        yield Missing(gettext_lazy("The letter has no subject."), "letters:text")
    if not letter.text:
        yield Missing(gettext_lazy("The letter has no text."), "letters:text")
    if letter.kind == Kind.REQUIRED and not letter.required_reason:
        yield Missing(gettext_lazy("It is not said why everybody must have it."), "letters:text")
    if not found.receivers:
        yield Missing(gettext_lazy("Nobody has been chosen to get it."), "letters:choosing")


def held_back(letter: Letter, receivers: Sequence[Receiver]) -> int:
    """How many of them won't be sent it: their address bounces, or they have said no."""
    topic = letter.topic
    asked = [Message(key=it.email, to_email=it.email, topic=topic) for it in receivers]
    return len(held(asked))


def by_language(letter: Letter, receivers: Sequence[Receiver]) -> list[tuple[str, int]]:
    """How many get it in each language, in words."""
    titles = {"sv": _("in Swedish"), "en": _("in English")}
    found = [letter.language_for(it.wished_language) for it in receivers]
    return [(titles[code], found.count(code)) for code in titles if code in found]
