"""What a context gives to pages, searches and readers that don't know it.

Each context may have a module `contributes` with one `contributions` in it. The order is that of
`TILLIT_CONTEXTS`. A subject is an opaque text, `kind:key`; whoever knows the kind answers, the
others stay silent. The shapes of what is given stand in `contributed`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from tillit.kit.circles import NOBODY, Identity, Viewer
from tillit.kit.contributed import (
    ERASED,
    Act,
    Asked,
    Audience,
    Brand,
    DemoSignIn,
    Fate,
    HandOver,
    Holding,
    Link,
    Moment,
    OwnData,
    Panel,
    Responsible,
    Retention,
    Rows,
    Section,
    Text,
)

__all__ = [
    "ERASED",
    "Act",
    "Asked",
    "Audience",
    "Brand",
    "Contributions",
    "DemoSignIn",
    "Fate",
    "HandOver",
    "Holding",
    "Link",
    "Moment",
    "OwnData",
    "Panel",
    "Responsible",
    "Retention",
    "Rows",
    "Section",
    "Text",
    "account_of",
    "acts",
    "addresses_of",
    "asked_of",
    "audiences_for",
    "awaited_by",
    "barred_among",
    "brand",
    "brings",
    "carried_in",
    "circles_of",
    "confirmed_in",
    "contributions",
    "counts_on",
    "demo_sign_ins",
    "document_of",
    "erase_again",
    "footer",
    "hand_over",
    "held",
    "holdings_of",
    "identity_of",
    "known_as",
    "links_to",
    "own_data_of",
    "panels_on",
    "populate",
    "responsible",
    "retentions",
    "sections",
    "signed",
    "starting",
    "timeline_of",
    "until",
    "ways_of",
]


def nobody(*_asked: Any) -> None:
    return None


def no_identity(*_asked: Any) -> Identity:
    return NOBODY


def nothing(*_asked: Any) -> tuple[()]:
    return ()


def none_of(*_asked: Any) -> int:
    return 0


def never(*_asked: Any) -> bool:
    return False


def no_links(*_asked: Any) -> dict[str, Link]:
    return {}


def no_counts(*_asked: Any) -> dict[str, Any]:
    return {}


def no_days(*_asked: Any) -> dict[str, date]:
    return {}


@dataclass(frozen=True)
class Contributions:
    """All that a context may contribute; leave out what it has not.

    circles(viewer) -> the circles that the viewer's account reads.
    identity(viewer) -> the person that the account is, and the capacities in which it may act.
    account_of(address) -> the account that a function address leads to today, or None.
    addresses(person, account) -> the addresses of e-mail that are somebody's alone, by subject and by
        account's id.
    panels(subject, viewer, day) -> parts of the page about a subject.
    counts(noun, viewer) -> expressions, by name, that the noun's own query is annotated with when one of
        its rows is fetched for its page: how many rows of the context point at it.
    timeline(subject, viewer) -> moments of a subject; of everything when it is empty.
    links(subjects, viewer) -> title and page of those subjects that the context knows.
    sections, footer -> entries of the top bar, and of the foot of every page.
    tables -> the nouns that `load` reads, in the order in which they refer to each other.
    searchables -> the kinds of subjects that can be found (kit.search).
    routers -> {prefix: router} of the API.
    mail_topics -> {topic: title} of the mail that one may opt out of.
    audiences(viewer) -> groups of organisations that the viewer's letters may be narrowed to.
    asked(viewer, day) -> what waits for the viewer.
    awaited(viewer) -> what the viewer has asked of others, and has no answer to.
    ways(viewer) -> where the viewer may begin something, in the chosen capacity.
    holdings(person, behalf, viewer) -> what the person holds for an organisation (subjects).
    hand_over(act) -> does the context's part of a HandOver; how many things it moved or ended.
    confirmed(subject, viewer, day) -> for the subjects that belong to it, such as the members of an
        umbrella: when they last said themselves that what is kept of them is right.
    acts -> what can be done in the context, with the rules.
    retentions -> personal data that is erased after a time.
    own_data(person, account) -> the parts of what is kept about a person, by subject and by account's
        id; the same parts for everybody, also for nobody ("", None).
    erase(person, account) -> erases the person from the context; how many rows it touched. Where
        others' rows name the subject it becomes ERASED.
    known_as(subject) -> the subjects that one was known by before it became one with others.
    barred(subjects) -> those of the subjects that have been erased, and may not be loaded again.
    carried_in() -> sees to what follows when an export has been loaded, in its transaction.
    erase_again() -> erases what has come back by a load or a restore, in its transaction; how many rows.
    demo_sign_ins() -> invented persons to try the demo as.
    populate() -> fills a demo with what is invented, once.
    document(subject, viewer, day) -> the subject as a document (kit.documents), as the viewer may
        read it; None if it has none, or isn't there for the viewer.
    held(subject) -> whether the files of a subject must stay as they are.
    signed(subject, record, actor) -> sees to what follows when all who were asked have signed a record
        of the subject, in the transaction of the last signature.
    brings -> kinds of rows that people may bring in from lists and files (see kit.bringing).
    brand() -> what the installation shows of itself, or None.
    responsible() -> who answers for personal data, or None.
    starting(address) -> lines that `tillit serve` says when it starts. Raises Refused if it may not.
    """

    circles: Callable[[Viewer], Iterable[str]] = nothing
    identity: Callable[[Viewer], Identity] = no_identity
    account_of: Callable[[str], Any] = nobody
    addresses: Callable[[str, int | None], Iterable[str]] = nothing
    panels: Callable[[str, Viewer, date], Iterable[Panel]] = nothing
    counts: Callable[[str, Viewer], Mapping[str, Any]] = no_counts
    timeline: Callable[[str, Viewer], Iterable[Moment]] = nothing
    links: Callable[[Sequence[str], Viewer], Mapping[str, Link]] = no_links
    sections: Sequence[Section] = ()
    footer: Sequence[Section] = ()
    tables: Sequence[Any] = ()
    searchables: Sequence[Any] = ()
    routers: Mapping[str, Any] = field(default_factory=dict)
    mail_topics: Mapping[str, Text] = field(default_factory=dict)
    audiences: Callable[[Viewer], Iterable[Audience]] = nothing
    asked: Callable[[Viewer, date], Iterable[Asked]] = nothing
    awaited: Callable[[Viewer], Iterable[Asked]] = nothing
    ways: Callable[[Viewer], Iterable[Link]] = nothing
    holdings: Callable[[str, str, Viewer], Iterable[Holding]] = nothing
    hand_over: Callable[[HandOver], int] = none_of
    confirmed: Callable[[str, Viewer, date], Mapping[str, date]] = no_days
    acts: Sequence[Act] = ()
    retentions: Sequence[Retention] = ()
    own_data: Callable[[str, int | None], Iterable[OwnData]] = nothing
    erase: Callable[[str, int | None], int] = none_of
    known_as: Callable[[str], Iterable[str]] = nothing
    barred: Callable[[Collection[str]], Iterable[str]] = nothing
    carried_in: Callable[[], Any] = nobody
    erase_again: Callable[[], int] = none_of
    demo_sign_ins: Callable[[], Iterable[DemoSignIn]] = nothing
    populate: Callable[[], Any] = nobody
    document: Callable[[str, Viewer, date], Any] = nobody
    held: Callable[[str], bool] = never
    signed: Callable[[str, str, Any], Any] = nobody
    brings: Sequence[Any] = ()
    brand: Callable[[], Brand | None] = nobody
    responsible: Callable[[], Responsible | None] = nobody
    starting: Callable[[str], Iterable[str]] = nothing


@cache
def contributions() -> tuple[Contributions, ...]:
    """Of all contexts, lowest first."""
    modules = [f"{context}.contributes" for context in settings.TILLIT_CONTEXTS]
    return tuple(import_module(name).contributions for name in modules if find_spec(name))


def panels_on(subject: str, viewer: Viewer, day: date) -> list[Panel]:
    found = [panel for given in contributions() for panel in given.panels(subject, viewer, day)]
    return sorted(found, key=lambda panel: panel.order)


def counts_on(noun: str, viewer: Viewer) -> dict[str, Any]:
    """What the contexts count of a row of the noun, to be asked for with the row itself."""
    return {
        name: expression
        for given in contributions()
        for name, expression in given.counts(noun, viewer).items()
    }


def timeline_of(subject: str, viewer: Viewer) -> list[Moment]:
    """The moments of all contexts, the latest first."""
    found = [moment for given in contributions() for moment in given.timeline(subject, viewer)]
    return sorted(found, key=lambda moment: moment.when.earliest, reverse=True)


def until(moments: Iterable[Moment], day: date) -> list[Moment]:
    """Those that had happened by the day."""
    return [moment for moment in moments if moment.when.earliest <= day]


def links_to(subjects: Sequence[str], viewer: Viewer) -> dict[str, Link]:
    found: dict[str, Link] = {}
    for given in contributions():
        found.update(given.links(subjects, viewer))
    return found


def sections() -> list[Section]:
    found = [section for given in contributions() for section in given.sections]
    return sorted(found, key=lambda section: section.order)


def footer() -> list[Section]:
    found = [section for given in contributions() for section in given.footer]
    return sorted(found, key=lambda section: section.order)


def circles_of(viewer: Viewer) -> frozenset[str]:
    return frozenset(circle for given in contributions() for circle in given.circles(viewer))


def identity_of(viewer: Viewer) -> Identity:
    """The first that a context knows."""
    found = (given.identity(viewer) for given in contributions())
    return next((it for it in found if it is not NOBODY), NOBODY)


def account_of(address: str) -> Any:
    """The account that a function address leads to today, or None."""
    found = (given.account_of(address) for given in contributions())
    return next((it for it in found if it is not None), None)


def addresses_of(person: str, account: int | None) -> frozenset[str]:
    """The addresses of e-mail that are somebody's alone, be it to sign in by or to be reached by."""
    return frozenset(it for given in contributions() for it in given.addresses(person, account))


def asked_of(viewer: Viewer, day: date) -> list[Asked]:
    """What waits for the viewer, the most urgent first; what has no day comes last."""
    found = [it for given in contributions() for it in given.asked(viewer, day)]
    return sorted(found, key=lambda it: it.due or date.max)


def awaited_by(viewer: Viewer) -> list[Asked]:
    """What the viewer has asked of others, lowest context first."""
    return [it for given in contributions() for it in given.awaited(viewer)]


def confirmed_in(subject: str, viewer: Viewer, day: date) -> dict[str, date]:
    """When the subjects that belong to it last confirmed what is kept of them."""
    found: dict[str, date] = {}
    for given in contributions():
        for it, confirmed in given.confirmed(subject, viewer, day).items():
            found[it] = max(confirmed, found.get(it, confirmed))
    return found


def audiences_for(viewer: Viewer) -> list[Audience]:
    return [it for given in contributions() for it in given.audiences(viewer)]


def ways_of(viewer: Viewer) -> list[Link]:
    """Where the viewer may begin something, lowest context first."""
    return [it for given in contributions() for it in given.ways(viewer)]


def holdings_of(person: str, behalf: str, viewer: Viewer) -> list[Holding]:
    return [it for given in contributions() for it in given.holdings(person, behalf, viewer)]


def hand_over(act: HandOver) -> int:
    """Do all contexts' parts, the highest first, since they rest on the lower. Within a transaction."""
    return sum(given.hand_over(act) for given in reversed(contributions()))


def brings() -> list[Any]:
    """What may be brought in, lowest context first: of kit.bringing.Kind."""
    return [it for given in contributions() for it in given.brings]


def acts() -> list[Act]:
    found = [act for given in contributions() for act in given.acts]
    return sorted(found, key=lambda act: act.order)


def retentions() -> list[Retention]:
    return [it for given in contributions() for it in given.retentions]


def own_data_of(person: str, account: int | None) -> list[OwnData]:
    return [it for given in contributions() for it in given.own_data(person, account)]


def populate() -> None:
    """Fill a demo, lowest context first."""
    for given in contributions():
        given.populate()


def demo_sign_ins() -> list[DemoSignIn]:
    return [it for given in contributions() for it in given.demo_sign_ins()]


def brand() -> Brand:
    """The first that a context tells, or one that says nothing."""
    found = (given.brand() for given in contributions())
    return next((it for it in found if it is not None), Brand())


def responsible() -> Responsible:
    found = (given.responsible() for given in contributions())
    return next((it for it in found if it is not None), Responsible())


def starting(address: str) -> list[str]:
    """Raises Refused."""
    return [line for given in contributions() for line in given.starting(address)]


def known_as(subject: str) -> set[str]:
    """What a subject was before it became one with others."""
    return {it for given in contributions() for it in given.known_as(subject)}


def barred_among(subjects: Collection[str]) -> set[str]:
    """Those that have been erased, and may not be loaded again."""
    return {it for given in contributions() for it in given.barred(subjects)}


def document_of(subject: str, viewer: Viewer, day: date) -> Any:
    """The first that a context makes of it, or None."""
    found = (given.document(subject, viewer, day) for given in contributions())
    return next((it for it in found if it is not None), None)


def held(subject: str) -> bool:
    """Whether the files of a subject must stay as they are."""
    return any(given.held(subject) for given in contributions())


def signed(subject: str, record: str, actor: Any) -> None:
    """All who were asked have signed the record of the subject. Within the transaction."""
    for given in contributions():
        given.signed(subject, record, actor)


def carried_in() -> None:
    """See to what follows when an export has been loaded."""
    for given in contributions():
        given.carried_in()


def erase_again() -> int:
    """Erase what has been erased before, and has come back with an old file; how many rows it was."""
    return sum(given.erase_again() for given in contributions())
