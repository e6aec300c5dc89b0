"""The register for machines: organisations, places, memberships. Reads what the caller may see."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from tillit.kit.access import viewer_of
from tillit.kit.api import (
    KEY,
    PROBLEMS,
    OnDay,
    asked_on,
    figure_out,
    next_url,
    period_out,
    sources_out,
)
from tillit.kit.citations import citations_of
from tillit.kit.lists import slice_of
from tillit.kit.models import DatedQuerySet
from tillit.kit.refusal import Refused
from tillit.register.api_shapes import (
    AddressOut,
    IdentifierOut,
    MembershipOut,
    MembershipsAsked,
    MembershipsOut,
    NameOut,
    OrganisationDetail,
    OrganisationOut,
    OrganisationsAsked,
    OrganisationsOut,
    PlaceOut,
    PlacesAsked,
    PlacesOut,
    PresenceOut,
    RoleOut,
)
from tillit.register.dossier import Dossier
from tillit.register.filters import OrganisationFilter
from tillit.register.members import MembersOn
from tillit.register.models import Membership, Organisation, Place
from tillit.register.particulars import with_particulars

router = Router(tags=["register"])
Key = Annotated[str, Path(max_length=200, pattern=KEY)]


@router.get(
    "/organisations",
    response=OrganisationsOut,
    summary="Organisations, as they were on a day",
    openapi_extra=PROBLEMS,
)
def organisations(request: HttpRequest, query: Query[OrganisationsAsked]) -> OrganisationsOut:
    viewer = viewer_of(request)
    asked = OrganisationFilter(request.GET, viewer=viewer)
    if not asked.is_valid():
        raise Refused(
            " ".join(f"{name}: {' '.join(said)}" for name, said in asked.form.errors.items())
        )
    rows = with_particulars(asked.qs, viewer, asked.day)
    shown = slice_of(rows, query.after, size=query.limit)
    members = MembersOn(asked.umbrella, viewer, asked.day) if asked.umbrella else None
    stated = members.stated if members else []
    citations = citations_of((figure.subject for figure in stated), viewer)
    return OrganisationsOut(
        on=asked.day,
        items=[organisation_out(row, asked.day) for row in shown.rows],
        count=shown.count,
        next=next_url(request, shown),
        assumed=assumed_of(asked),
        stated=[figure_out(figure, citations, asked.day) for figure in stated],
    )


def assumed_of(asked: OrganisationFilter) -> int:
    """Of the rows that are counted: how many no source shows on the day, as members if that is asked."""
    rows: DatedQuerySet = asked.qs
    if asked.umbrella is not None:
        members = Membership.objects.visible_to(asked.viewer).filter(umbrella=asked.umbrella)
        rows = members.filter(member__in=asked.qs)
    return rows.tally_on(asked.day).assumed


def organisation_out(row: Organisation, day: date) -> OrganisationOut:
    return OrganisationOut(
        key=row.key,
        name=row.name_on(day),
        sector=row.sector,
        side=row.side,
        form=row.form,
        level=row.level,
        url=row.get_absolute_url(),
        places=sorted({presence.place_id for presence in row.presences.all()}),
        numbers=[found.value for found in row.identifiers.all()],
    )


@router.get(
    "/organisations/{key}",
    response=OrganisationDetail,
    summary="One organisation, with sources",
    openapi_extra=PROBLEMS,
)
def organisation(request: HttpRequest, key: Key, query: Query[OnDay]) -> OrganisationDetail:
    day = asked_on(query.on)
    dossier = Dossier.of(key, viewer_of(request))
    row = dossier.organisation
    return OrganisationDetail(
        on=day,
        key=row.key,
        name=dossier.name_on(day),
        sector=row.sector,
        side=row.side,
        form=row.form,
        level=row.level,
        description=row.description,
        web=row.web,
        url=row.get_absolute_url(),
        parent=dossier.visible_parent.key if dossier.visible_parent else None,
        period=period_out(row, day),
        sources=sources_out(dossier.citations.all_of(row.subject)),
        topics=[topic.key for topic in dossier.topics],
        names=[
            NameOut(kind=it.kind, name=it.name, **_dated(dossier, it, day)) for it in dossier.names
        ],
        numbers=[
            IdentifierOut(
                scheme=it.scheme,
                value=it.value,
                holds=it.verdict.holds,
                reason=str(it.verdict.reason),
                **_dated(dossier, it, day),
            )
            for it in dossier.identifiers
        ],
        addresses=[
            AddressOut(
                kind=it.kind,
                street=it.street,
                postcode=it.postcode,
                town=it.town,
                place=it.place_id,
                **_dated(dossier, it, day),
            )
            for it in dossier.addresses
        ],
        places=[
            PresenceOut(kind=it.kind, place=it.place_id, **_dated(dossier, it, day))
            for it in dossier.presences
        ],
        roles=[
            RoleOut(
                person=it.person.key,
                name=it.person.name,
                kind=it.kind,
                title=it.title,
                unit=it.unit.key if it.unit else None,
                represents=it.represents.key if it.represents else None,
                share=float(it.share) if it.share is not None else None,
                party=it.party,
                **_dated(dossier, it, day),
            )
            for it in dossier.roles
        ],
        member_of=[
            MembershipOut(
                umbrella=it.umbrella.key,
                member=row.key,
                **_dated(dossier, it, day),
            )
            for it in dossier.memberships
        ],
    )


def _dated(dossier: Dossier, row: Any, day: date) -> dict[str, Any]:
    return {
        "period": period_out(row, day),
        "sources": sources_out(dossier.citations.all_of(row.subject)),
    }


@router.get(
    "/places",
    response=PlacesOut,
    summary="Sweden, its counties and municipalities",
    openapi_extra=PROBLEMS,
)
def places(request: HttpRequest, query: Query[PlacesAsked]) -> PlacesOut:
    rows = Place.objects.all()
    if query.kind:
        rows = rows.filter(kind=query.kind)
    if query.parent:
        rows = rows.filter(parent=get_object_or_404(Place, pk=query.parent.upper()))
    items = [
        PlaceOut(
            code=it.code,
            kind=it.kind,
            name=it.name,
            official_name=it.official_name,
            parent=it.parent_id,
        )
        for it in rows
    ]
    return PlacesOut(items=items, count=len(items), next=None)


@router.get(
    "/memberships",
    response=MembershipsOut,
    summary="Who is a member of which umbrella, on a day",
    openapi_extra=PROBLEMS,
)
def memberships(request: HttpRequest, query: Query[MembershipsAsked]) -> MembershipsOut:
    viewer, day = viewer_of(request), asked_on(query.on)
    visible = Organisation.objects.visible_to(viewer)
    rows = (
        Membership.objects.visible_to(viewer)
        .on(day)
        .filter(umbrella__circle__in=viewer.circles, member__circle__in=viewer.circles)
    )
    if query.umbrella:
        rows = rows.filter(umbrella=get_object_or_404(visible, key=query.umbrella))
    if query.member:
        rows = rows.filter(member=get_object_or_404(visible, key=query.member))
    shown = slice_of(
        rows.select_related("umbrella", "member"),
        query.after,
        by=("member__sort_key", "key"),
        size=query.limit,
    )
    citations = citations_of((row.subject for row in shown.rows), viewer)
    items = [
        MembershipOut(
            umbrella=row.umbrella.key,
            member=row.member.key,
            period=period_out(row, day),
            sources=sources_out(citations.all_of(row.subject)),
        )
        for row in shown.rows
    ]
    return MembershipsOut(on=day, items=items, count=shown.count, next=next_url(request, shown))
