"""The last look, the button, and taking it back."""

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tillit.intake import writing
from tillit.intake.models import Intake, Stage
from tillit.intake.rules import may_bring_in
from tillit.intake.views.fetching import around, crumbs, go_on_with, intake_for
from tillit.kit.access import WRITING, open_to
from tillit.kit.bringing import Fate


@open_to(may_bring_in, methods=WRITING)
def confirmation(request: HttpRequest, key: str) -> HttpResponse:
    """Nothing is written before the button is pressed."""
    intake = intake_for(request, key)
    if intake.stage != Stage.PREVIEW:  # the button was pressed twice, or it is to be read again
        return redirect("intake:intake", intake.key)
    if request.method == "POST":
        go_on_with(writing.confirm(intake, timezone.now()))
        return redirect("intake:intake", intake.key)
    context = {"counts": counts_of(intake), **around(intake, "confirmation")}
    return render(request, "intake/confirmation.html", context)


def counts_of(intake: Intake) -> dict[str, Any]:
    """What becomes of how many rows."""
    new, skip = Q(choice=Fate.NEW), Q(choice=Fate.SKIP)
    found: dict[str, Any] = intake.rows.aggregate(
        new=Count("pk", filter=new),
        same=Count("pk", filter=~new & ~skip & ~Q(choice="")),
        left_out=Count("pk", filter=skip),
        open=Count("pk", filter=Q(is_open=True)),
    )
    return found


@open_to(may_bring_in, methods=WRITING)
def undoing(request: HttpRequest, key: str) -> HttpResponse:
    """Take back the whole import: asked first."""
    intake = intake_for(request, key)
    if intake.stage != Stage.WRITTEN:
        return redirect("intake:intake", intake.key)
    if request.method == "POST":
        go_on_with(writing.begin_undoing(intake, timezone.now()))
        return redirect("intake:intake", intake.key)
    return render(request, "intake/undoing.html", {"intake": intake, "crumbs": crumbs(intake)})
