"""The shapes of what contexts contribute: sections, panels, moments, what waits, what is kept of whom.

None of them knows a noun; a subject is an opaque text, `kind:key`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.shortcuts import resolve_url
from django.utils.functional import Promise

from tillit.kit.bounds import Bound
from tillit.kit.circles import Viewer

Text = str | Promise
# Whoever has been erased, or did something so long ago that who it was is no longer kept.
ERASED = "person:-erased"  # no key begins with a hyphen


@dataclass(frozen=True)
class Section:
    """An entry of the top bar. It is current on the addresses that begin with its own.

    `may(viewer)` says who sees it; without one, everybody. What one looks for more seldom stands
    further away, in the menu at the end of the bar.
    """

    title: Text
    url_name: str
    order: int
    may: Callable[[Viewer], bool] | None = None
    further: bool = False


@dataclass(frozen=True)
class Panel:
    """A part of a page about a subject: a heading and a template with its content."""

    title: Text
    template: str
    content: Mapping[str, Any]
    order: int = 50


@dataclass(frozen=True)
class Moment:
    """Something that happened, for timelines. `side` is civil, public, joint or empty."""

    when: Bound
    kind: Text
    title: Text
    url: str = ""
    text: Text = ""
    side: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Link:
    """What a subject is called, and its page."""

    title: str
    url: str


@dataclass(frozen=True)
class Asked:
    """Something that waits for the viewer: what, a word for the button, and by when.

    `capacity` is the key of the one in which it is to be done, if not just any.
    """

    title: Text
    url: str
    action: Text
    text: Text = ""
    due: date | None = None
    capacity: str = ""


@dataclass(frozen=True)
class Holding:
    """Something that a person holds and that somebody must take over, or that ends with the person.

    `passes_on` is False for what can't be handed over, such as a sign-in, and only ends. `fixed` says
    why the viewer may not decide what becomes of it; then it stays.
    """

    subject: str
    kind: Text
    title: str
    url: str = ""
    passes_on: bool = True
    fixed: Text = ""


class Fate(StrEnum):
    """What becomes of something when the person who holds it leaves."""

    HAND_ON = "hand-on"
    END = "end"
    STAY = "stay"


@dataclass(frozen=True)
class HandOver:
    """One act by which what a person holds for an organisation goes to another person.

    `fates` says what becomes of each holding, by its subject; what is not named passes on if it can.
    """

    leaver: str  # the persons' subjects; no successor: what is held only ends
    successor: str
    behalf: str  # the organisation's subject
    last_day: date
    actor: Any  # kit.changes.Actor
    note: str = ""
    fates: Mapping[str, Fate] = field(default_factory=dict)
    knowing: bool = False  # that an office will be empty, and only an administrator can fill it

    def fate_of(self, subject: str, *, passes_on: bool = True) -> Fate:
        """What becomes of a holding. Nothing passes on without a successor, or that can't."""
        fate = self.fates.get(subject, Fate.HAND_ON)
        can = passes_on and bool(self.successor)
        return Fate.END if fate is Fate.HAND_ON and not can else fate


@dataclass(frozen=True)
class Act:
    """Something that can be done, and the rule that says who may.

    `rule(viewer)` or `rule(viewer, thing)` is the very predicate that the pages ask. The thing is an
    organisation; where it is something else, `of` makes one that belongs to the given organisation.
    Neither asks the database: the page that tells the rules tries them on situations that it makes.
    """

    title: Text
    rule: Callable[..., bool]
    area: Text = ""
    order: int = 50
    of: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Retention:
    """Personal data that is kept for a time. `purge(today)` erases what is older, and counts it."""

    name: str
    title: Text
    text: Text
    days: int
    purge: Callable[[date], int]


Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class OwnData:
    """A part of what is kept about persons, as told to each on the page and in the file of one's own.

    The part is the same for everybody and is listed on the privacy page; `rows` is asked only when
    somebody opens it, so whoever makes it asks the database nothing. A row has plain values (texts,
    numbers, days, lists of these) by names that stay the same; `labels` has a word for each name.

    why, ground     what it is kept for, and by which right (article 6 of the GDPR).
    seen_by         who sees it. kept_for: how long it is kept.
    correct         the name of the page where it is put right, or its address.
    remains         what is left of it after an erasure, and why; empty when nothing is.
    erase           erases this part alone, and counts the rows; None: it goes only with the whole.
    """

    title: Text
    name: str
    why: Text
    rows: Callable[[], Rows]
    labels: Mapping[str, Text] = field(default_factory=dict)
    ground: Text = ""
    seen_by: Text = ""
    kept_for: Text = ""
    correct: str = ""
    remains: Text = ""
    erase: Callable[[], int] | None = None

    @property
    def correct_url(self) -> str:
        return resolve_url(self.correct) if self.correct else ""


@dataclass(frozen=True)
class Audience:
    """Organisations that a letter may be narrowed to, such as those who have not answered.

    `receivers(viewer)` gives their keys, as far as the viewer may know them.
    """

    key: str
    title: Text
    receivers: Callable[[Viewer], Iterable[str]]


@dataclass(frozen=True)
class DemoSignIn:
    """An invented person to try the demo as."""

    email: str
    title: Text
    text: Text


@dataclass(frozen=True)
class Brand:
    """What the installation is called, and its picture: for the head of pages and of mails."""

    title: str = ""
    logo: str = ""  # its address, without the host
    words: str = ""  # what the picture says, for who doesn't see it
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Responsible:
    """Who answers for the personal data that is kept here, and how to reach them."""

    host: Link | None = None  # who keeps the installation running
    controllers: Sequence[Link] = ()  # several are responsible jointly
    arrangement: str = ""  # how they share it
    contact: str = ""  # an address of e-mail
    officer: str = ""  # the data protection officer
    settings: str = ""  # the page where administrators fill this in
