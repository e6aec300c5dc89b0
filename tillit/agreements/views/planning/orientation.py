"""What is to be done in a year, and what became of it: /overenskommelser/skane/planer/ar/2025/"""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tillit.agreements.choices import EffortState
from tillit.agreements.models import (
    Agreement,
    Commitment,
    Effort,
    FocusArea,
    Measure,
    Orientation,
    Reprioritisation,
)
from tillit.agreements.reading import leave_unreadable
from tillit.agreements.rules import may_confirm, may_follow, may_return, may_word
from tillit.agreements.views.fetching import agreement_of
from tillit.agreements.views.planning.plans import crumbs_to_plans
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of


@open_to(anyone)
def orientation(request: HttpRequest, key: str, year: int) -> HttpResponse:
    viewer = viewer_of(request)
    agreement = agreement_of(viewer, key)
    row = orientation_of(agreement, viewer, year)
    efforts = efforts_of(row, viewer)
    instead = replaced_in(row, viewer, efforts)
    areas = FocusArea.objects.visible_to(viewer).filter(plan__agreement=agreement, year=year)
    cited = [row, *efforts, *instead.values()]
    context = {
        "agreement": agreement,
        "orientation": row,
        "efforts": [shown(it, viewer, instead) for it in efforts],
        "areas": list(areas.select_related("plan__agreement")),
        "crumbs": crumbs_to_plans(agreement),
        "may_word": may_word(viewer, row),
        "may_confirm": may_confirm(viewer, row),
        "may_return": may_return(viewer, row),
        "citations": citations_of((it.subject for it in cited), viewer),
    }
    return render(request, "agreements/orientation.html", context)


def orientation_of(agreement: Agreement, viewer: Viewer, year: int) -> Orientation:
    """Raises Http404."""
    rows = Orientation.objects.visible_to(viewer).filter(agreement=agreement)
    found: Orientation = get_object_or_404(rows, year=year)
    found.agreement = agreement
    return found


def efforts_of(row: Orientation, viewer: Viewer) -> list[Effort]:
    """In their order, each with what it serves."""
    serving = [
        Prefetch(name, model.objects.visible_to(viewer).select_related("version__agreement"))
        for name, model in (("measures", Measure), ("commitments", Commitment))
    ]
    rows = row.efforts.visible_to(viewer).select_related("lead").prefetch_related(*serving)
    found = list(rows)
    for it in found:
        it.orientation = row
        leave_unreadable(it, viewer, "lead")
    return found


def replaced_in(
    row: Orientation, viewer: Viewer, efforts: list[Effort]
) -> dict[int, Reprioritisation]:
    """What was put in the place of which effort, by its id."""
    by_id = {it.pk: it for it in efforts}
    rows = Reprioritisation.objects.visible_to(viewer).filter(before__orientation=row)
    found = {}
    for it in rows:
        it.before = by_id[it.before_id]
        it.after = by_id.get(it.after_id)
        found[it.before_id] = it
    return found


def shown(effort: Effort, viewer: Viewer, instead: dict[int, Reprioritisation]) -> dict[str, Any]:
    """An effort with what took its place, and in whose place it came itself."""
    return {
        "effort": effort,
        "state": EffortState(effort.state),
        "replaced": instead.get(effort.pk),
        "replaces": next((it for it in instead.values() if it.after_id == effort.pk), None),
        "may_follow": may_follow(viewer, effort),
    }
