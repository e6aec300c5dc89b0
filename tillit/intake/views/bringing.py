"""One's imports, and a new one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.intake import beginning
from tillit.intake.forms import BringingForm
from tillit.intake.models import Intake
from tillit.intake.rules import kinds_for, may_bring_in
from tillit.intake.views.fetching import crumbs
from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.forms import form_page
from tillit.kit.refusal import Refused

MOST = 50


@open_to(may_bring_in)
def intakes(request: HttpRequest) -> HttpResponse:
    """What may be brought in, and the imports that one has begun."""
    viewer = viewer_of(request)
    chosen = viewer.chosen
    mine = Intake.objects.visible_to(viewer).filter(behalf=chosen.behalf if chosen else "")
    context = {"kinds": kinds_for(viewer), "intakes": mine.defer("data")[:MOST]}
    return render(request, "intake/intakes.html", context)


@open_to(may_bring_in, methods=WRITING)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Paste or upload."""
    viewer = viewer_of(request)
    found = next((it for it in kinds_for(viewer) if it.name == kind), None)
    if found is None:
        raise Http404
    posted = request.method == "POST"
    form = BringingForm(
        found, viewer, request.POST if posted else None, request.FILES if posted else None
    )
    if posted and form.is_valid():
        try:
            begun = beginning.begin(form.words, form.data_brought, viewer, timezone.now())
            return redirect("intake:reading", begun.key)
        except Refused as refused:
            form.add_error("file" if form.cleaned_data.get("file") else "text", str(refused))
    return form_page(
        request,
        form,
        title=_("Bring in: %(kind)s") % {"kind": found.title},
        lede=found.text,
        submit=_("Go on"),
        cancel=crumbs()[0][1],
        crumbs=crumbs(),
    )
