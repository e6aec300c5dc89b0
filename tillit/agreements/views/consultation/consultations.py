"""All consultations: those that are open first, and as files."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from tillit.agreements.forms_consultation import ConsultationsForm
from tillit.agreements.models import Consultation
from tillit.agreements.views.consultation.fetching import crumbs
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.exports import Column
from tillit.kit.listing import Listing

LISTING = Listing(
    _("Consultations"),
    "remisser",
    [
        Column(_("Consultation"), lambda row: row.title, lambda row: row.get_absolute_url()),
        Column(_("Agreement"), lambda row: row.version.agreement.title),
        Column(_("Version"), lambda row: row.version.label),
        Column(
            _("State"),
            lambda row: row.get_state_display(),
            template="agreements/consultation/cells/state.html",
        ),
        Column(_("Last day to answer"), lambda row: row.deadline),
        Column(_("Answers"), lambda row: row.answer_count),
    ],
    "agreements/consultation/consultations.html",
    by=("place", "key"),
    more_in_files=[
        Column(_("Opened"), lambda row: row.opens),
        Column(_("Key"), lambda row: row.key),
    ],
)


@open_to(anyone)
def consultation_list(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    form = ConsultationsForm(request.GET)
    rows: Any = Consultation.objects.visible_to(viewer).counted()
    rows = rows.filter(version__agreement__circle__in=viewer.circles)
    rows = rows.select_related("version__agreement")
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    if form.is_valid() and form.cleaned_data["agreement"]:
        rows = rows.filter(version__agreement__key=form.cleaned_data["agreement"])
    return LISTING.respond(request, rows, form, as_, crumbs=crumbs()[:0])
