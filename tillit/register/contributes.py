"""What the register gives to the pages and readers of other contexts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Contributions, Link, Moment, Section
from tillit.kit.days import today
from tillit.kit.periods import Standing
from tillit.register import api, history
from tillit.register.choices import RoleKind
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

# Roles by which a person acts for an organisation, and so reads what only it reads.
ACTING = [
    RoleKind.CHAIR,
    RoleKind.VICE_CHAIR,
    RoleKind.MEMBER,
    RoleKind.MANAGER,
    RoleKind.DIRECTOR,
    RoleKind.EMPLOYEE,
    RoleKind.COORDINATOR,
    RoleKind.OFFICIAL,
    RoleKind.CONTACT_PERSON,
]


def circles(account: Any) -> Iterator[str]:
    """Oneself, and the organisations for which one surely acts today. An assumed role opens nothing."""
    day = today()
    roles = Role.objects.filter(person__account=account, kind__in=ACTING).on(day)
    for role in roles.select_related("organisation", "person"):
        yield role.person.own_circle
        if role.standing_on(day) is Standing.KNOWN:
            yield role.organisation.own_circle


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
            rows = model.objects.visible_to(viewer).filter(key__in=keys).select_related(*related)
            found |= {row.subject: Link(titled(row), row.get_absolute_url()) for row in rows}
    return found


def titled(row: Any) -> str:
    """The row in words that stand alone: “Maria Leiner: regional koordinator, NÄTVERKET”."""
    if isinstance(row, Role):
        return f"{row.person}: {row}, {row.organisation}"
    if isinstance(row, Name | Identifier | Address | Presence):
        return f"{row.organisation}: {row}"
    return f"{row}, {row.organisation}" if isinstance(row, Unit) else str(row)


def timeline(subject: str, viewer: Viewer) -> Iterable[Moment]:
    return history.moments(subject, viewer)


contributions = Contributions(
    circles=circles,
    timeline=timeline,
    links=links,
    sections=[
        Section(_("Organisations"), "register:organisations", 80),
        Section(_("Places"), "register:places", 85),
        Section(_("Figures"), "register:figures", 70),
    ],
    tables=TABLES,
    routers={"": api.router},
)
