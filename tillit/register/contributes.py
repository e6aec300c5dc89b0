"""What the register gives to the pages and readers of other contexts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.circles import Viewer
from tillit.kit.contributions import (
    Asked,
    Contributions,
    Link,
    Moment,
    OwnData,
    Panel,
    Section,
)
from tillit.kit.models import StatedFigure
from tillit.register import acting_contributes as acting
from tillit.register import api, demo, history, keeping, standing
from tillit.register import editing_contributes as editing
from tillit.register import membership_contributes as memberships
from tillit.register.actions import leaving
from tillit.register.addresses import addresses_of
from tillit.register.bringing import KINDS
from tillit.register.loading import TABLES
from tillit.register.models import (
    Address,
    Identifier,
    Membership,
    Name,
    Organisation,
    Person,
    Presence,
    Role,
    Unit,
)
from tillit.register.searching import SEARCHABLES
from tillit.register.ways import ways

# The nouns whose rows have a title and a page, with what these take to write.
SHOWN: dict[type[Any], tuple[str, ...]] = {
    Organisation: (),
    Person: (),
    Unit: ("organisation",),
    Membership: ("umbrella", "member"),
    Role: ("organisation", "person"),
    Name: ("organisation",),
    Identifier: ("organisation",),
    Address: ("organisation",),
    Presence: ("organisation", "place"),
    StatedFigure: (),
}


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    """Title and page of the register's own rows among the subjects; one query for each noun."""
    found: dict[str, Link] = {}
    for model, related in SHOWN.items():
        keys = [
            key
            for noun, _colon, key in (it.partition(":") for it in subjects)
            if noun == model.noun
        ]
        if keys:
            visible = model.objects.visible_to(viewer)
            if model is Person:
                visible = Person.objects.with_role(viewer)
            rows = visible.filter(key__in=keys).select_related(*related)
            found |= {row.subject: Link(titled(row), page_of(row)) for row in rows}
    found |= memberships.links(subjects, viewer)
    found |= acting.links(subjects, viewer)
    found |= editing.links(subjects, viewer)
    unknown = [it for it in subjects if it not in found]
    return {**found, **acting.people_links(unknown, viewer)}


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    yield from memberships.panels(subject, viewer, day)
    yield from acting.panels(subject, viewer, day)


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    yield from memberships.asked(viewer, day)
    yield from acting.asked(viewer, day)
    yield from editing.asked(viewer, day)


def page_of(row: Any) -> str:
    if isinstance(row, StatedFigure):
        return f"{reverse('register:figures')}?{urlencode({'about': row.about})}"
    return str(row.get_absolute_url())


def titled(row: Any) -> str:
    """The row in words that stand alone: “Maria Leiner: regional koordinator, NÄTVERKET”."""
    match row:
        case Role():
            return (
                f"{row.person}: {row.title or row.get_kind_display().lower()}, {row.organisation}"
            )
        case Name() | Identifier() | Address() | Presence():
            return f"{row.organisation}: {row} ({row.kind_in_words})"
        case Unit():
            return f"{row}, {row.organisation}"
        case Membership():
            words = {"member": row.member, "umbrella": row.umbrella}
            return _("%(member)s, member of %(umbrella)s") % words
        case StatedFigure():
            return row.as_written
    return str(row)


def timeline(subject: str, viewer: Viewer) -> Iterable[Moment]:
    return history.moments(subject, viewer)


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield from keeping.own_data(person, account)
    yield from memberships.own_data(person, account)


def erase(person: str, account: int | None) -> int:
    """Applications first: they are found by the person's contacts."""
    return memberships.erase(person, account) + keeping.erase(person, account)


contributions = Contributions(
    circles=standing.circles,
    identity=standing.identity,
    account_of=standing.account_of,
    addresses=addresses_of,
    timeline=timeline,
    links=links,
    panels=panels,
    asked=asked,
    awaited=editing.awaited,
    ways=ways,
    brings=KINDS,
    acts=[*memberships.acts, *acting.acts, *editing.acts],
    holdings=leaving.holdings,
    hand_over=leaving.hand_over,
    retentions=[*memberships.retentions, *acting.retentions, *editing.retentions],
    footer=[Section(gettext_lazy("Figures"), "register:figures", 4), *acting.footer],
    demo_sign_ins=demo.sign_ins,
    populate=demo.populate,
    own_data=own_data,
    erase=erase,
    sections=[
        Section(gettext_lazy("Organisations"), "register:organisations", 80),
        Section(gettext_lazy("Persons"), "register:persons", 81, further=True),
        Section(gettext_lazy("Places"), "register:places", 82, further=True),
    ],
    tables=TABLES,
    searchables=SEARCHABLES,
    routers={"": api.router},
)
