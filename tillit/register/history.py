"""The register's moments for timelines: what began and what ended, where a source says when."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from tillit.kit.bounds import Bound, Precision
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Moment
from tillit.register.choices import NameKind, RoleKind
from tillit.register.dossier import Dossier
from tillit.register.models import Membership, Name, Organisation

TOLD = {Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR}
LEADING = {RoleKind.CHAIR, RoleKind.MANAGER}
MOST = 40


def told(bound: Bound) -> bool:
    """Whether the sources say when, well enough for a timeline."""
    return bound.precision in TOLD


def moments(subject: str, viewer: Viewer) -> Iterator[Moment]:
    """Of one organisation, or of the whole register, the latest ones."""
    noun, _colon, key = subject.partition(":")
    if noun == Organisation.noun:
        yield from of_organisation(Dossier.of(key, viewer))
    elif not subject:
        yield from of_all(viewer)


def of_organisation(dossier: Dossier) -> Iterator[Moment]:
    organisation = dossier.organisation
    yield from of_existence(organisation)
    for name in dossier.official_names:
        yield from of_name(name, organisation)
    for membership in dossier.memberships:
        membership.member = organisation
        yield from of_membership(membership)
    for role in dossier.roles:
        if role.kind in LEADING and told(role.as_read.start):
            yield Moment(
                when=role.as_read.start,
                kind=role.get_kind_display(),
                title=str(role.person),
                url=role.person.get_absolute_url(),
                side=organisation.side,
                subject=role.subject,
            )


def of_existence(organisation: Organisation) -> Iterator[Moment]:
    period = organisation.as_read
    for bound, kind in ((period.start, _("Founded")), (period.end, _("Dissolved"))):
        if told(bound):
            yield Moment(
                when=bound,
                kind=kind,
                title=organisation.name,
                url=organisation.get_absolute_url(),
                side=organisation.side,
                subject=organisation.subject,
            )


def of_name(name: Name, organisation: Organisation) -> Iterator[Moment]:
    start = name.as_read.start
    if told(start) and start.text != organisation.start:
        yield Moment(
            when=start,
            kind=_("New name"),
            title=name.name,
            url=organisation.get_absolute_url(),
            side=organisation.side,
            subject=name.subject,
        )


def of_membership(membership: Membership) -> Iterator[Moment]:
    period = membership.as_read
    for bound, kind in ((period.start, _("Became a member")), (period.end, _("Left"))):
        if told(bound):
            yield Moment(
                when=bound,
                kind=kind,
                title=membership.member.name,
                url=membership.member.get_absolute_url(),
                text=membership.umbrella.name,
                side=membership.member.side,
                subject=membership.subject,
            )


def of_all(viewer: Viewer) -> Iterator[Moment]:
    """The latest of the whole register; a bound that is only a guess is left out before the cut."""
    organisations = Organisation.objects.visible_to(viewer)
    for organisation in (
        organisations.exclude(start="")
        .filter(possible_from__gt=date.min)
        .order_by("-possible_from")[:MOST]
    ):
        yield from of_existence(organisation)
    names = Name.objects.visible_to(viewer).filter(
        kind=NameKind.OFFICIAL, possible_from__gt=date.min
    )
    visible = names.filter(organisation__circle__in=viewer.circles).select_related("organisation")
    for name in visible.order_by("-possible_from")[:MOST]:
        yield from of_name(name, name.organisation)
    memberships = Membership.objects.visible_to(viewer).filter(possible_from__gt=date.min)
    visible_members = memberships.filter(
        member__circle__in=viewer.circles, umbrella__circle__in=viewer.circles
    )
    for membership in visible_members.select_related("member", "umbrella").order_by(
        "-possible_from"
    )[:MOST]:
        yield from of_membership(membership)
