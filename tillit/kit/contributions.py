"""What a context gives to pages, searches and readers that don't know it.

Each context may have a module `contributes` with one `contributions` in it. The order is that of
`TILLIT_CONTEXTS`. A subject is an opaque text, `kind:key`; whoever knows the kind answers, the
others stay silent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

from tillit.kit.bounds import Bound
from tillit.kit.circles import Viewer

Text = str | Promise


@dataclass(frozen=True)
class Section:
    """An entry of the top bar. It is current on the addresses that begin with its own."""

    title: Text
    url_name: str
    order: int


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


def nothing(*_asked: Any) -> tuple[()]:
    return ()


def no_links(*_asked: Any) -> dict[str, Link]:
    return {}


@dataclass(frozen=True)
class Contributions:
    """All that a context may contribute; leave out what it has not.

    circles(account) -> the circles that this account reads.
    panels(subject, viewer, day) -> parts of the page about a subject.
    timeline(subject, viewer) -> moments of a subject; of everything when it is empty.
    links(subjects, viewer) -> title and page of those subjects that the context knows.
    sections, footer -> entries of the top bar, and of the foot of every page.
    tables -> the nouns that `load` reads, in the order in which they refer to each other.
    routers -> {prefix: router} of the API.
    """

    circles: Callable[[Any], Iterable[str]] = nothing
    panels: Callable[[str, Viewer, date], Iterable[Panel]] = nothing
    timeline: Callable[[str, Viewer], Iterable[Moment]] = nothing
    links: Callable[[Sequence[str], Viewer], Mapping[str, Link]] = no_links
    sections: Sequence[Section] = ()
    footer: Sequence[Section] = ()
    tables: Sequence[Any] = ()
    routers: Mapping[str, Any] = field(default_factory=dict)


@cache
def contributions() -> tuple[Contributions, ...]:
    """Of all contexts, lowest first."""
    modules = [f"{context}.contributes" for context in settings.TILLIT_CONTEXTS]
    return tuple(import_module(name).contributions for name in modules if find_spec(name))


def panels_on(subject: str, viewer: Viewer, day: date) -> list[Panel]:
    found = [panel for given in contributions() for panel in given.panels(subject, viewer, day)]
    return sorted(found, key=lambda panel: panel.order)


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


def circles_of(account: Any) -> frozenset[str]:
    return frozenset(circle for given in contributions() for circle in given.circles(account))
