"""For machines: who has joined an agreement, and what is planned under it."""

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from ninja import Query

from tillit.agreements.adherents import Adherents
from tillit.agreements.api import Slug, router
from tillit.agreements.api_plan_shapes import (
    AdherentOut,
    AdherentsAsked,
    AdherentsOut,
    EffortOut,
    FocusAreaOut,
    OrientationOut,
    PlanOut,
    PlansOut,
)
from tillit.agreements.models import Agreement, Commitment, Effort, Measure, Orientation, Plan
from tillit.agreements.reading import leave_unreadable
from tillit.agreements.views.fetching import agreement_of
from tillit.agreements.views.planning.plans import plans_of
from tillit.kit.access import viewer_of
from tillit.kit.api import (
    PROBLEMS,
    OnDay,
    asked_on,
    figure_out,
    next_url,
    period_out,
    sources_out,
)
from tillit.kit.circles import Viewer
from tillit.kit.citations import Citations, citations_of
from tillit.kit.lists import slice_of

operations = router  # those of agreements, with what is added here
BY = ("organisation__sort_key", "key")
MOST_YEARS = 200


@router.get(
    "/agreements/{slug}/adherents",
    response=AdherentsOut,
    summary="Who has joined an agreement, on a day",
    openapi_extra=PROBLEMS,
)
def adherents(request: HttpRequest, slug: Slug, query: Query[AdherentsAsked]) -> AdherentsOut:
    viewer, day = viewer_of(request), asked_on(query.on)
    found = Adherents(agreement_of(viewer, slug), viewer, day)
    shown = slice_of(found.rows, query.after, by=BY, size=query.limit)
    cited = [row.subject for row in (*shown.rows, *found.stated)]
    citations = citations_of(cited, viewer)
    return AdherentsOut(
        on=day,
        items=[
            AdherentOut(
                organisation=row.organisation.key,
                name=row.organisation.name_on(day),
                sector=row.organisation.sector,
                form=row.organisation.form,
                period=period_out(row, day),
                sources=sources_out(citations.all_of(row.subject)),
            )
            for row in shown.rows
        ],
        count=shown.count,
        stated=[figure_out(it, citations, day) for it in found.stated],
        next=next_url(request, shown),
    )


@router.get(
    "/agreements/{slug}/plans",
    response=PlansOut,
    summary="The plans of an agreement, and what is to be done year by year",
    openapi_extra=PROBLEMS,
)
def plans(request: HttpRequest, slug: Slug, query: Query[OnDay]) -> PlansOut:
    viewer, day = viewer_of(request), asked_on(query.on)
    agreement = agreement_of(viewer, slug)
    several = plans_of(agreement, viewer)
    years = years_of(agreement, viewer)
    rows: list[Any] = [*several, *(area for plan in several for area in plan.areas.all())]
    rows += [row for year in years for row in (year, *year.efforts.all())]
    citations = citations_of([row.subject for row in rows], viewer)
    return PlansOut(
        on=day,
        items=[plan_out(it, citations, day) for it in several],
        orientations=[orientation_out(it, citations) for it in years],
        count=len(several),
        next=None,
    )


def years_of(agreement: Agreement, viewer: Viewer) -> list[Orientation]:
    """With their efforts, and what these serve."""
    serving = [
        Prefetch(name, model.objects.visible_to(viewer))
        for name, model in (("measures", Measure), ("commitments", Commitment))
    ]
    efforts = Effort.objects.visible_to(viewer).select_related("lead", "replaced__after")
    rows = Orientation.objects.visible_to(viewer).filter(agreement=agreement)
    with_efforts = Prefetch("efforts", efforts.prefetch_related(*serving))
    found = list(rows.prefetch_related(with_efforts)[:MOST_YEARS])
    for row in found:
        row.agreement = agreement
        for effort in row.efforts.all():
            leave_unreadable(effort, viewer, "lead")
    return found


def plan_out(row: Plan, citations: Citations, day: date) -> PlanOut:
    return PlanOut(
        key=row.key,
        title=row.title,
        text=row.text,
        stage=row.stage,
        decided_by=row.decided_by,
        dated=row.dated,
        url=row.get_absolute_url(),
        period=period_out(row, day),
        focus_areas=[
            FocusAreaOut(
                year=it.year,
                title=it.title,
                text=it.text,
                sources=sources_out(citations.all_of(it.subject)),
            )
            for it in row.areas.all()
        ],
        sources=sources_out(citations.all_of(row.subject)),
    )


def orientation_out(row: Orientation, citations: Citations) -> OrientationOut:
    return OrientationOut(
        year=row.year,
        title=row.title,
        text=row.text,
        dialogue=row.dialogue,
        stage=row.stage,
        decided_by=row.decided_by,
        dated=row.dated,
        url=row.get_absolute_url(),
        efforts=[effort_out(it, citations) for it in row.efforts.all()],
        sources=sources_out(citations.all_of(row.subject)),
    )


def effort_out(it: Effort, citations: Citations) -> EffortOut:
    replaced = getattr(it, "replaced", None)
    return EffortOut(
        key=it.key,
        number=it.number,
        title=it.title,
        text=it.text,
        responsible=it.responsible,
        lead=it.lead.key if it.lead else None,
        state=it.state,
        measures=[row.key for row in it.measures.all()],
        commitments=[row.key for row in it.commitments.all()],
        replaced_by=replaced.after.key if replaced and replaced.after else None,
        reason=replaced.reason if replaced else "",
        sources=sources_out(citations.all_of(it.subject)),
    )
