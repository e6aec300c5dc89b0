"""The plans of an agreement, and each with its focus areas: /overenskommelser/skane/planer/"""

from collections.abc import Sequence

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements.choices import EffortState
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.forms import DayForm
from tillit.agreements.models import Agreement, Effort, FocusArea, Orientation, Plan
from tillit.agreements.reading import leave_unreadable
from tillit.agreements.rules import may_confirm, may_draft, may_return, may_word
from tillit.agreements.views.fetching import agreement_of, row_of
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.crumbs import Crumbs


def crumbs_to_plans(agreement: Agreement) -> Crumbs:
    url = reverse("agreements:plans", args=[agreement.key])
    return [*crumbs_of(agreement), (_("Plans and yearly orientations"), url)]


@open_to(anyone)
def plans(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    """The page has plans and years; the files have the efforts of all years."""
    viewer = viewer_of(request)
    agreement = agreement_of(viewer, key)
    if as_ != "page":
        return as_file(request, agreement, viewer, as_)
    several = plans_of(agreement, viewer)
    years = list(Orientation.objects.visible_to(viewer).filter(agreement=agreement))
    for row in years:
        row.agreement = agreement
    areas = [area for plan in several for area in plan.areas.all()]
    cited = [*several, *areas, *years]
    context = {
        "agreement": agreement,
        "crumbs": crumbs_of(agreement),
        "plans": several,
        "orientations": years[::-1],
        "may_draft": may_draft(viewer, agreement),
        "citations": citations_of((row.subject for row in cited), viewer),
    }
    return render(request, "agreements/plans.html", context)


def plans_of(agreement: Agreement, viewer: Viewer) -> list[Plan]:
    areas = Prefetch("areas", FocusArea.objects.visible_to(viewer))
    rows = Plan.objects.visible_to(viewer).filter(agreement=agreement).prefetch_related(areas)
    found = list(rows)
    for row in found:
        row.agreement = agreement
    return found


@open_to(anyone)
def plan(request: HttpRequest, key: str, plan: str) -> HttpResponse:
    viewer = viewer_of(request)
    agreement = agreement_of(viewer, key)
    row: Plan = row_of(Plan, agreement, viewer, plan)
    areas = list(row.areas.visible_to(viewer))
    years = Orientation.objects.visible_to(viewer).filter(agreement=agreement)
    known = {it.year: it for it in years.filter(year__in=[area.year for area in areas])}
    for it in known.values():
        it.agreement = agreement
    cited = [row, *areas]
    context = {
        "agreement": agreement,
        "plan": row,
        "areas": [(area, known.get(area.year)) for area in areas],
        "crumbs": crumbs_to_plans(agreement),
        "may_word": may_word(viewer, row),
        "may_confirm": may_confirm(viewer, row),
        "may_return": may_return(viewer, row),
        "citations": citations_of((it.subject for it in cited), viewer),
    }
    return render(request, "agreements/plan.html", context)


def as_file(
    request: HttpRequest, agreement: Agreement, viewer: Viewer, as_: str
) -> HttpResponseBase:
    rows = Effort.objects.visible_to(viewer).filter(orientation__agreement=agreement)
    rows = rows.select_related("orientation", "lead", "replaced__after")
    form = DayForm(request.GET)
    return listing_for(agreement, viewer).respond(request, rows, form, as_)


def instead_of(row: Effort) -> str:
    """What took the place of an effort that was set aside."""
    replaced = getattr(row, "replaced", None)
    if replaced is None:
        return ""
    return replaced.after.title if replaced.after else _("nothing")


def listing_for(agreement: Agreement, viewer: Viewer) -> Listing:
    def prepare(rows: Sequence[Effort]) -> None:
        for row in rows:
            leave_unreadable(row, viewer, "lead")

    return Listing(
        gettext_lazy("Efforts"),
        f"insatser-{agreement.key}",
        [
            Column(gettext_lazy("Year"), lambda row: row.orientation.year),
            Column(gettext_lazy("No."), lambda row: row.number),
            Column(gettext_lazy("Effort"), lambda row: row.title),
            Column(gettext_lazy("Text"), lambda row: row.text),
            Column(gettext_lazy("Responsible"), lambda row: row.get_responsible_display()),
            Column(gettext_lazy("Led by"), lambda row: row.lead or ""),
            Column(gettext_lazy("State"), lambda row: str(EffortState(row.state).label)),
            Column(gettext_lazy("Instead"), instead_of),
            Column(
                gettext_lazy("Reason"),
                lambda row: row.replaced.reason if hasattr(row, "replaced") else "",
            ),
            Column(gettext_lazy("Key"), lambda row: row.key),
        ],
        "agreements/plans.html",
        by=("orientation__year", "key"),
        prepare=prepare,
    )
