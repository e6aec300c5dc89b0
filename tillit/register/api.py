"""The register for machines: organisations, places, memberships. Reads what the caller may see."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from tillit.kit.access import viewer_of
from tillit.kit.api import MOST, asked_on, figure_out, next_url, period_out, sources_out
from tillit.kit.citations import citations_of
from tillit.kit.lists import PAGE, slice_of
from tillit.kit.refusal import Refused
from tillit.register.api_shapes import (
    AddressOut,
    IdentifierOut,
    MembershipOut,
    MembershipsOut,
    NameOut,
    OrganisationDetail,
    OrganisationOut,
    OrganisationsOut,
    PlaceOut,
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
Text = Query("", max_length=100)
Cursor = Query("", max_length=600, description="from `next` of the page before")
Limit = Query(PAGE, ge=1, le=MOST)


@router.get("/organisations", response=OrganisationsOut, summary="Organisations, as they were on a day")
def organisations(
    request: HttpRequest,
    q: str = Query("", max_length=100, description="part of any name it has or had, or the beginning of a number"),
    sector: str = Query("", max_length=20, description="civil, public, business or academia"),
    form: str = Query("", max_length=40, description="legal form"),
    level: str = Query("", max_length=20, description="international, national, regional or local"),
    place: str = Query("", max_length=4, description="SE, or a county or municipality by SCB's code"),
    theme: str = Query("", max_length=200, description="key of a theme or target group"),
    member_of: str = Query("", max_length=200, description="key of an umbrella"),
    on: str = Query("", max_length=40, description="the day, year-month-day; today if left out"),
    after: str = Cursor,
    limit: int = Limit,
) -> OrganisationsOut:
    viewer = viewer_of(request)
    asked = OrganisationFilter(request.GET, viewer=viewer)
    if not asked.is_valid():
        raise Refused(" ".join(f"{name}: {' '.join(said)}" for name, said in asked.form.errors.items()))
    rows = with_particulars(asked.qs, viewer, asked.day)
    shown = slice_of(rows, after, size=limit)
    members = MembersOn(asked.umbrella, viewer, asked.day) if asked.umbrella else None
    citations = citations_of(figure.subject for figure in (members.stated if members else []))
    return OrganisationsOut(
        on=asked.day,
        items=[organisation_out(row, asked.day) for row in shown.rows],
        count=shown.count,
        next=next_url(request, shown),
        assumed=members.assumed if members else None,
        stated=[figure_out(figure, citations, asked.day) for figure in (members.stated if members else [])],
    )


def organisation_out(row: Organisation, day: date) -> OrganisationOut:
    return OrganisationOut(
        key=row.key, name=row.name_on(day), sector=row.sector, side=row.side, form=row.form,
        level=row.level, url=row.get_absolute_url(),
        places=sorted({presence.place_id for presence in row.presences.all()}),
        numbers=[found.value for found in row.identifiers.all()],
    )


@router.get("/organisations/{slug:key}", response=OrganisationDetail, summary="One organisation, with sources")
def organisation(
    request: HttpRequest, key: str, on: str = Query("", max_length=40, description="year-month-day")
) -> OrganisationDetail:
    day = asked_on(on)
    dossier = Dossier.of(key, viewer_of(request))
    row = dossier.organisation
    return OrganisationDetail(
        on=day,
        key=row.key, name=dossier.name_on(day), sector=row.sector, side=row.side, form=row.form,
        level=row.level, description=row.description, web=row.web, url=row.get_absolute_url(),
        parent=dossier.visible_parent.key if dossier.visible_parent else None,
        period=period_out(row, day),
        sources=sources_out(dossier.citations.all_of(row.subject)),
        topics=[topic.key for topic in dossier.topics],
        names=[NameOut(kind=it.kind, name=it.name, **_dated(dossier, it, day)) for it in dossier.names],
        numbers=[
            IdentifierOut(
                scheme=it.scheme, value=it.value, holds=it.verdict.holds, reason=str(it.verdict.reason),
                **_dated(dossier, it, day),
            )
            for it in dossier.identifiers
        ],
        addresses=[
            AddressOut(
                kind=it.kind, street=it.street, postcode=it.postcode, town=it.town, place=it.place_id,
                **_dated(dossier, it, day),
            )
            for it in dossier.addresses
        ],
        places=[PresenceOut(kind=it.kind, place=it.place_id, **_dated(dossier, it, day)) for it in dossier.presences],
        roles=[
            RoleOut(
                person=it.person.key, name=it.person.name, kind=it.kind, title=it.title,
                unit=it.unit.key if it.unit else None,
                represents=it.represents.key if it.represents else None,
                share=float(it.share) if it.share is not None else None, party=it.party,
                **_dated(dossier, it, day),
            )
            for it in dossier.roles
        ],
        member_of=[
            MembershipOut(
                umbrella=it.umbrella.key, member=row.key, **_dated(dossier, it, day),
            )
            for it in dossier.memberships
        ],
    )


def _dated(dossier: Dossier, row: Any, day: date) -> dict[str, Any]:
    return {
        "period": period_out(row, day),
        "sources": sources_out(dossier.citations.all_of(row.subject)),
    }


@router.get("/places", response=PlacesOut, summary="Sweden, its counties and municipalities")
def places(
    request: HttpRequest,
    kind: str = Query("", max_length=20, description="country, county or municipality"),
    parent: str = Query("", max_length=4, description="code of the place that they are parts of"),
) -> PlacesOut:
    rows = Place.objects.all()
    if kind:
        rows = rows.filter(kind=kind)
    if parent:
        rows = rows.filter(parent=get_object_or_404(Place, pk=parent.upper()))
    items = [
        PlaceOut(code=it.code, kind=it.kind, name=it.name, official_name=it.official_name, parent=it.parent_id)
        for it in rows
    ]
    return PlacesOut(items=items, count=len(items), next=None)


@router.get("/memberships", response=MembershipsOut, summary="Who is a member of which umbrella, on a day")
def memberships(
    request: HttpRequest,
    umbrella: str = Query("", max_length=200, description="key of the umbrella"),
    member: str = Query("", max_length=200, description="key of the member"),
    on: str = Query("", max_length=40, description="year-month-day; today if left out"),
    after: str = Cursor,
    limit: int = Limit,
) -> MembershipsOut:
    viewer, day = viewer_of(request), asked_on(on)
    visible = Organisation.objects.visible_to(viewer)
    rows = Membership.objects.visible_to(viewer).on(day).filter(umbrella__in=visible, member__in=visible)
    if umbrella:
        rows = rows.filter(umbrella=get_object_or_404(visible, key=umbrella))
    if member:
        rows = rows.filter(member=get_object_or_404(visible, key=member))
    shown = slice_of(rows.select_related("umbrella", "member"), after, by=("member__sort_key", "key"), size=limit)
    citations = citations_of(row.subject for row in shown.rows)
    items = [
        MembershipOut(
            umbrella=row.umbrella.key, member=row.member.key, period=period_out(row, day),
            sources=sources_out(citations.all_of(row.subject)),
        )
        for row in shown.rows
    ]
    return MembershipsOut(on=day, items=items, count=shown.count, next=next_url(request, shown))
