"""The rows one by one: what was recognised, what they are like, and what becomes of them."""

import re

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.intake import deciding
from tillit.intake.deciding import Decision
from tillit.intake.models import Intake, IntakeRow, Stage
from tillit.intake.rules import may_bring_in
from tillit.intake.views.fetching import around, intake_for
from tillit.intake.views.shown import ShownRow
from tillit.kit.access import WRITING, open_to
from tillit.kit.lists import Slice, slice_of

SIZE = 40
CHOICE = re.compile(r"(choice|answer)-([0-9]{1,6})")
# Which rows are shown.
SHOWN = {"open": Q(is_open=True), "doubtful": Q(is_doubtful=True), "": Q()}


@open_to(may_bring_in, methods=WRITING)
def rows(request: HttpRequest, key: str) -> HttpResponse:
    intake = intake_for(request, key)
    if intake.stage != Stage.PREVIEW:
        return redirect("intake:intake", intake.key)
    if request.method == "POST":
        decided(request, intake)
        return redirect(request.get_full_path())
    which = request.GET.get("visa", "")
    which = which if which in SHOWN else ""
    shown = slice_of(
        intake.rows.filter(SHOWN[which]),
        request.GET.get("after", ""),
        by=("number", "pk"),
        size=SIZE,
    )
    return render(request, "intake/rows.html", page(intake, which, shown))


def decided(request: HttpRequest, intake: Intake) -> None:
    """Take what was chosen of the rows on the page."""
    said: dict[int, dict[str, str]] = {}
    for name, value in request.POST.items():
        if found := CHOICE.fullmatch(name):
            said.setdefault(int(found[2]), {})[found[1]] = str(value)
    decisions = {
        number: Decision(it.get("choice", ""), it.get("answer", "")) for number, it in said.items()
    }
    if decisions:
        deciding.decide(intake, decisions, timezone.now())
        messages.success(request, _("The choices are kept. Nothing has been written yet."))


def page(intake: Intake, which: str, shown: Slice[IntakeRow]) -> dict[str, object]:
    counts = intake.rows.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=Q(is_open=True)),
        doubtful=Count("pk", filter=Q(is_doubtful=True)),
    )
    query = f"visa={which}&" if which else ""
    return {
        "rows": [ShownRow(row) for row in shown.rows],
        "counts": counts,
        "which": which,
        "next_query": f"{query}after={shown.next}" if shown.next else "",
        "previous_query": f"{query}after={shown.previous}" if shown.previous else "",
        **around(intake, "rows"),
    }


@open_to(may_bring_in, methods=("POST",))
def suggestions(request: HttpRequest, key: str) -> HttpResponse:
    """Let all that is open be as it is suggested."""
    intake = intake_for(request, key)
    count = deciding.take_suggestions(intake, timezone.now())
    said = ngettext(
        "%(count)s row is as it was suggested. Look it through.",
        "%(count)s rows are as they were suggested. Look them through.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("intake:rows", intake.key)
