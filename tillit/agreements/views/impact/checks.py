"""What changes in public welfare would mean for voluntary work: /overenskommelser/skane/konsekvenser/"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.forms_impact import OPEN, ChecksForm
from tillit.agreements.models import Agreement, ImpactCheck
from tillit.agreements.reading import leave_unreadable
from tillit.agreements.rules import may_answer, may_open_check
from tillit.agreements.views.fetching import agreement_of, row_of
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.crumbs import Crumbs


def crumbs_to_checks(agreement: Agreement) -> Crumbs:
    url = reverse("agreements:impact-checks", args=[agreement.key])
    return [*crumbs_of(agreement), (_("Impact on voluntary work"), url)]


@open_to(anyone)
def checks(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    agreement = agreement_of(viewer, key)
    rows = ImpactCheck.objects.visible_to(viewer).filter(agreement=agreement)
    form = ChecksForm(request.GET)
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(closed_on__isnull=form.cleaned_data["state"] == OPEN)
    context = {
        "agreement": agreement,
        "crumbs": crumbs_of(agreement),
        "may_open": may_open_check(viewer, agreement),
        "cited": [],
    }
    listing = listing_for(agreement, viewer)
    shown = rows.select_related("organisation")
    return listing.respond(request, shown, form, as_, **context)


def listing_for(agreement: Agreement, viewer: Viewer) -> Listing:
    def prepare(rows: Sequence[ImpactCheck]) -> None:
        for row in rows:
            row.agreement = agreement
            leave_unreadable(row, viewer, "organisation")

    return Listing(
        gettext_lazy("Impact on voluntary work"),
        f"konsekvenser-{agreement.key}",
        [
            Column(
                gettext_lazy("What is prepared"),
                lambda row: row.title,
                link=lambda row: row.get_absolute_url(),
            ),
            Column(gettext_lazy("Prepared by"), lambda row: row.organisation or ""),
            Column(gettext_lazy("Opened"), lambda row: row.opened_on),
            Column(
                gettext_lazy("State"),
                lambda row: _("Waits for its analysis") if row.is_open else _("Analysed"),
                template="agreements/cells/check_state.html",
            ),
            Column(gettext_lazy("Analysed"), lambda row: row.closed_on or ""),
            Column(gettext_lazy("The civil side's view"), lambda row: row.view_on or ""),
        ],
        "agreements/impact_checks.html",
        by=("-opened_on", "key"),
        more_in_files=[
            Column(gettext_lazy("What it would change"), lambda row: row.text),
            Column(gettext_lazy("Analysis"), lambda row: row.analysis),
            Column(gettext_lazy("Analysed by"), lambda row: row.closed_by),
            Column(gettext_lazy("View"), lambda row: row.view),
            Column(gettext_lazy("Key"), lambda row: row.key),
        ],
        prepare=prepare,
    )


@open_to(anyone)
def check(request: HttpRequest, key: str, check: str) -> HttpResponse:
    viewer = viewer_of(request)
    agreement = agreement_of(viewer, key)
    row: ImpactCheck = row_of(ImpactCheck, agreement, viewer, check, "organisation")
    leave_unreadable(row, viewer, "organisation")
    context = {
        "agreement": agreement,
        "check": row,
        "crumbs": crumbs_to_checks(agreement),
        "may_answer": may_answer(viewer, row),
        "may_edit": row.is_open and may_open_check(viewer, agreement),
        "citations": citations_of([row.subject], viewer),
    }
    return render(request, "agreements/impact_check.html", context)
