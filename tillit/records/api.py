"""Records for machines: which there are, and one with all that belongs to it."""

from collections.abc import Collection
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from tillit.kit.access import viewer_of
from tillit.kit.api import KEY, PROBLEMS, next_url, sources_out
from tillit.kit.citations import Citations, citations_of
from tillit.kit.contributions import links_to
from tillit.kit.lists import slice_of
from tillit.records.api_shapes import (
    CaseNumberOut,
    RecordOut,
    RecordsAsked,
    RecordsOut,
    RecordWhole,
    SignatoryOut,
    SignatureOut,
    StepOut,
)
from tillit.records.models import Record
from tillit.records.reading import Reading

router = Router(tags=["records"])
Slug = Annotated[str, Path(max_length=200, pattern=KEY)]
# What is asked for, and the columns that answer.
COLUMNS = {
    "kind": "kind",
    "state": "state",
    "keeper": "keeper__key",
    "year": "dated_key__startswith",
    "of": "of",
    "sha256": "sha256",
}


@router.get(
    "/records",
    response=RecordsOut,
    summary="Records, the latest first",
    openapi_extra=PROBLEMS,
)
def records(request: HttpRequest, query: Query[RecordsAsked]) -> RecordsOut:
    viewer = viewer_of(request)
    rows = Record.objects.visible_to(viewer).select_related("keeper")
    asked = {column: getattr(query, name) for name, column in COLUMNS.items()}
    rows = rows.filter(**{column: value for column, value in asked.items() if value})
    if query.of and query.of not in links_to([query.of], viewer):
        rows = rows.none()
    shown = slice_of(rows, query.after, by=("-dated_key", "key"), size=query.limit)
    citations = citations_of((row.subject for row in shown.rows), viewer)
    known = links_to([*{it.of for it in shown.rows if it.of}], viewer)
    return RecordsOut(
        items=[RecordOut(**told(it, citations, known)) for it in shown.rows],
        count=shown.count,
        next=next_url(request, shown),
    )


def told(row: Record, citations: Citations, known: Collection[str]) -> dict[str, Any]:
    """What it belongs to is told to those who know that."""
    return {
        "key": row.key,
        "title": row.title,
        "kind": row.kind,
        "of": row.of if row.of in known else "",
        "keeper": row.keeper.key,
        "state": row.state,
        "dated": row.dated,
        "note": row.note,
        "sha256": row.sha256,
        "url": row.get_absolute_url(),
        "sources": sources_out(citations.all_of(row.subject)),
    }


@router.get(
    "/records/{slug}",
    response=RecordWhole,
    summary="One record with its steps, numbers and signatures",
    openapi_extra=PROBLEMS,
)
def record(request: HttpRequest, slug: Slug) -> RecordWhole:
    reading = Reading.of(slug, viewer_of(request))
    said = reading.citations

    def sources(it: Any) -> Any:
        return sources_out(said.all_of(it.subject))

    return RecordWhole(
        **told(reading.record, said, {reading.record.of} if reading.belongs_to else ()),
        file=reading.file.get_absolute_url() if reading.file else None,
        sealed_file=reading.sealed_file.get_absolute_url() if reading.sealed_file else None,
        is_complete=reading.is_complete,
        case_numbers=[
            CaseNumberOut(organisation=it.organisation.key, number=it.number, sources=sources(it))
            for it in reading.numbers
        ],
        steps=[
            StepOut(
                step=it.kind,
                dated=it.dated,
                by=it.by,
                counterpart=it.counterpart,
                reason=it.reason,
                sources=sources(it),
            )
            for it in reading.steps
        ],
        signatories=[
            SignatoryOut(
                organisation=it.signatory.organisation.key,
                side=it.signatory.side,
                has_signed=it.has_signed,
            )
            for it in reading.asked
        ],
        signatures=[signature_out(it, sources(it)) for it in reading.signatures],
    )


def signature_out(it: Any, sources: Any) -> SignatureOut:
    return SignatureOut(
        organisation=it.organisation.key,
        side=it.side,
        name=it.name,
        role=it.role,
        place=it.place,
        dated=it.dated,
        way=it.way,
        sha256=it.sha256,
        sources=sources,
    )
