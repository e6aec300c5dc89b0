"""One import: on to where it has come, or how it went."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tillit.intake.beginning import throw_away
from tillit.intake.models import Stage
from tillit.intake.rules import may_bring_in
from tillit.intake.views.fetching import around, crumbs, intake_for
from tillit.kit.access import WRITING, open_to

LEADS_TO = {Stage.READING: "intake:reading", Stage.PREVIEW: "intake:rows"}


@open_to(may_bring_in)
def intake(request: HttpRequest, key: str) -> HttpResponse:
    it = intake_for(request, key)
    if it.stage in LEADS_TO:
        return redirect(LEADS_TO[Stage(it.stage)], it.key)
    return render(request, "intake/intake.html", around(it))


@open_to(may_bring_in, methods=WRITING)
def removal(request: HttpRequest, key: str) -> HttpResponse:
    """Throw it away: asked first."""
    it = intake_for(request, key)
    if request.method == "POST":
        throw_away(it)
        messages.success(request, _("The import is gone. What was written stays."))
        return redirect("intake:intakes")
    return render(request, "intake/removal.html", {"intake": it, "crumbs": crumbs(it)})
