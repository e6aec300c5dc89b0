"""Agreements for machines: which there are, their versions, their measures."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest
from ninja import Path, Query, Router

from tillit.agreements.api_shapes import (
    AdoptionOut,
    AgreementOut,
    AgreementsAsked,
    AgreementsOut,
    AimOut,
    CommitmentOut,
    DefinitionOut,
    FollowUpOut,
    MeasureOut,
    MeasuresAsked,
    MeasuresOut,
    PartyOut,
    PrincipleOut,
    SectionOut,
    ServedOut,
    StatusOut,
    ToldOut,
    VersionOut,
    VersionsOut,
)
from tillit.agreements.choices import Stage
from tillit.agreements.models import (
    Adoption,
    Agreement,
    Aim,
    Commitment,
    Definition,
    Measure,
    Principle,
    Section,
    Version,
)
from tillit.agreements.progress import progress_of, with_statuses
from tillit.agreements.reading import (
    Reading,
    leave_unreadable,
    with_follow_ups,
    with_parties,
    with_years,
)
from tillit.agreements.tree import Branch, stand
from tillit.kit.access import viewer_of
from tillit.kit.api import KEY, PROBLEMS, OnDay, asked_on, next_url, period_out, sources_out
from tillit.kit.circles import Viewer
from tillit.kit.citations import Citations, citations_of
from tillit.kit.lists import slice_of
from tillit.register.choices import Level

router = Router(tags=["agreements"])
Slug = Annotated[str, Path(max_length=200, pattern=KEY)]


@router.get(
    "/agreements",
    response=AgreementsOut,
    summary="Agreements, as they stood on a day",
    openapi_extra=PROBLEMS,
)
def agreements(request: HttpRequest, query: Query[AgreementsAsked]) -> AgreementsOut:
    viewer, day = viewer_of(request), asked_on(query.on)
    rows = Agreement.objects.visible_to(viewer).on(day)
    if query.level:
        rows = rows.filter(level=query.level) if query.level in Level.values else rows.none()
    if query.place:
        rows = rows.filter(place=query.place.upper())
    parties = Prefetch("parties", with_parties(viewer).on(day))
    rows = rows.select_related("place", "parent").prefetch_related(parties)
    shown = slice_of(rows, query.after, size=query.limit)
    standing = stand(shown.rows, viewer, day)
    cited = [row.subject for row in shown.rows]
    cited += [party.subject for row in shown.rows for party in row.parties.all()]
    citations = citations_of(cited, viewer)
    return AgreementsOut(
        on=day,
        items=[agreement_out(standing[it.pk], viewer, day, citations) for it in shown.rows],
        count=shown.count,
        next=next_url(request, shown),
    )


def agreement_out(branch: Branch, viewer: Viewer, day: Any, citations: Citations) -> AgreementOut:
    row = branch.agreement
    leave_unreadable(row, viewer, "parent")
    return AgreementOut(
        key=row.key,
        title=row.title,
        level=row.level,
        place=row.place_id,
        builds_on=row.parent.key if row.parent else None,
        description=row.description,
        url=row.get_absolute_url(),
        force=branch.force,
        version=branch.version.key if branch.version else None,
        period=period_out(row, day),
        parties=[
            PartyOut(
                side=it.side,
                organisation=it.organisation.key if it.organisation else None,
                name=it.title or it.organisation.name_on(day),
                text=it.text,
                period=period_out(it, day),
                sources=sources_out(citations.all_of(it.subject)),
            )
            for it in row.parties.all()
        ],
        sources=sources_out(citations.all_of(row.subject)),
    )


@router.get(
    "/agreements/{slug}/versions",
    response=VersionsOut,
    summary="The versions of an agreement, with their text as far as it is known",
    openapi_extra=PROBLEMS,
)
def versions(request: HttpRequest, slug: Slug, query: Query[OnDay]) -> VersionsOut:
    viewer, day = viewer_of(request), asked_on(query.on)
    reading = Reading.of(slug, viewer, day)
    with_parts(reading.versions, viewer)
    parts = {it.pk: parts_out(it, viewer) for it in reading.versions}
    cited = [row.subject for row in reading.versions]
    rows = [row for of in parts.values() for several in of.values() for row in several]
    cited += [row.subject for it in rows for row in (it, *getattr(it, "told_years", ()))]
    citations = citations_of(cited, viewer)
    items = [version_out(it, parts[it.pk], citations, day) for it in reading.versions]
    return VersionsOut(on=day, items=items, count=len(items), next=None)


# What belongs to a version, and what its rows take to write.
PARTS: dict[type[Any], tuple[str, tuple[str, ...]]] = {
    Section: ("sections", ()),
    Aim: ("aims", ()),
    Definition: ("definitions", ()),
    Principle: ("principles", ("taken_from",)),
    Commitment: ("commitments", ("principle",)),
    Adoption: ("adoptions", ("organisation", "unit", "withdrawal")),
}


def with_parts(versions: Sequence[Version], viewer: Viewer) -> None:
    """Have each version know its parts that the viewer may read."""
    for model, (name, related) in PARTS.items():
        rows = model._default_manager.visible_to(viewer)  # noqa: SLF001
        rows = rows.select_related(*related) if related else rows
        prefetch_related_objects(versions, Prefetch(name, rows))
    with_years([row for it in versions for row in it.commitments.all()], viewer)


def parts_out(version: Version, viewer: Viewer) -> dict[str, list[Any]]:
    """The parts, which name nothing that the viewer may not read."""
    found = {name: list(getattr(version, name).all()) for name, _related in PARTS.values()}
    for row in found["principles"]:
        leave_unreadable(row, viewer, "taken_from")
    for row in found["adoptions"]:
        leave_unreadable(row, viewer, "unit")
    return found


def version_out(
    row: Version, parts: Mapping[str, list[Any]], citations: Citations, day: Any
) -> VersionOut:
    def said(it: Any) -> Any:
        return sources_out(citations.all_of(it.subject))

    return VersionOut(
        key=row.key,
        label=row.label,
        title=row.title,
        description=row.description,
        url=row.get_absolute_url(),
        stage=row.stage,
        force=row.force_on(day),
        has_text=bool(parts["sections"]),
        period=period_out(row, day),
        sections=[
            SectionOut(number=it.number, heading=it.heading, text=it.text, sources=said(it))
            for it in parts["sections"]
        ],
        aims=[
            AimOut(kind=it.kind, number=it.number, text=it.text, sources=said(it))
            for it in parts["aims"]
        ],
        definitions=[
            DefinitionOut(term=it.term, text=it.text, sources=said(it))
            for it in parts["definitions"]
        ],
        principles=[principle_out(it, said(it)) for it in parts["principles"]],
        commitments=[commitment_out(it, said) for it in parts["commitments"]],
        adoptions=[adoption_out(it, said(it)) for it in parts["adoptions"]],
        sources=said(row),
    )


def principle_out(it: Any, sources: Any) -> PrincipleOut:
    return PrincipleOut(
        number=it.number,
        heading=it.heading,
        text=it.text,
        taken_from=it.taken_from.key if it.taken_from else None,
        sources=sources,
    )


def commitment_out(it: Any, said: Any) -> CommitmentOut:
    return CommitmentOut(
        key=it.key,
        side=it.side,
        number=it.number,
        text=it.text,
        principle=it.principle.number if it.principle else None,
        follow_ups=[
            ToldOut(year=row.year, text=row.text, sources=said(row)) for row in it.told_years
        ],
        sources=said(it),
    )


def adoption_out(it: Any, sources: Any) -> AdoptionOut:
    withdrawal = getattr(it, "withdrawal", None)
    return AdoptionOut(
        kind=it.kind,
        organisation=it.organisation.key,
        unit=it.unit.key if it.unit else None,
        dated=it.dated,
        case_number=it.case_number,
        withdrawn=withdrawal.dated if withdrawal else None,
        withdrawn_because=withdrawal.reason if withdrawal else "",
        sources=sources,
    )


@router.get(
    "/agreements/{slug}/measures",
    response=MeasuresOut,
    summary="The measures of an agreement, in order, with what came of each",
    openapi_extra=PROBLEMS,
)
def measures(request: HttpRequest, slug: Slug, query: Query[MeasuresAsked]) -> MeasuresOut:
    """Of all versions that have been adopted, the earliest first; or of one, also of a draft that the
    viewer may read.
    """
    viewer, day = viewer_of(request), asked_on(query.on)
    agreement = Reading.of(slug, viewer, day).agreement
    rows = Measure.objects.visible_to(viewer).filter(version__agreement=agreement)
    if query.version:
        rows = rows.filter(version__key=query.version)
    else:
        rows = rows.filter(version__stage=Stage.ADOPTED)
    ordered = rows.order_by("version__possible_from", "version__key", "number")
    served = Prefetch("serves", Commitment.objects.visible_to(viewer).select_related("principle"))
    ordered = ordered.select_related("version__agreement", "lead", "continues")
    found = with_follow_ups(list(ordered.prefetch_related(served)[:MOST_MEASURES]), viewer)
    with_statuses(found, viewer)
    cited = [row.subject for it in found for row in (it, *it.told_years, *it.statuses_told)]
    citations = citations_of(cited, viewer)
    items = [measure_out(it, viewer, citations, day) for it in found]
    return MeasuresOut(on=day, items=items, count=len(items), next=None)


MOST_MEASURES = 500


def measure_out(it: Any, viewer: Viewer, citations: Citations, day: Any) -> MeasureOut:
    leave_unreadable(it, viewer, "lead", "continues")
    together = progress_of(it, day).together
    return MeasureOut(
        key=it.key,
        number=it.number,
        title=it.title,
        text=it.text,
        version=it.version.key,
        lead=it.lead.key if it.lead else None,
        url=it.get_absolute_url(),
        period=period_out(it, day),
        follow_ups=[
            FollowUpOut(
                year=row.year,
                side=row.side,
                text=row.text,
                open_points=row.open_points,
                sources=sources_out(citations.all_of(row.subject)),
            )
            for row in it.told_years
        ],
        status=together.value if together else None,
        statuses=[
            StatusOut(
                side=row.side,
                status=row.status,
                since=row.dated,
                reason=row.reason,
                sources=sources_out(citations.all_of(row.subject)),
            )
            for row in it.statuses_told
        ],
        serves=[served_out(row) for row in it.serves.all()],
        continues=it.continues.key if it.continues else None,
        sources=sources_out(citations.all_of(it.subject)),
    )


def served_out(it: Any) -> ServedOut:
    return ServedOut(
        key=it.key,
        side=it.side,
        number=it.number,
        text=it.text,
        principle=it.principle.number if it.principle else None,
        principle_heading=it.principle.heading if it.principle else "",
    )
