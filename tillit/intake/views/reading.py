"""How the list is read, with its first rows."""

from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.intake import beginning, recognising
from tillit.intake.forms import ReadingForm
from tillit.intake.models import Intake, Stage
from tillit.intake.rules import may_bring_in
from tillit.intake.views.fetching import around, go_on_with, intake_for
from tillit.kit.access import WRITING, open_to
from tillit.kit.forms import posted
from tillit.kit.grids.grid import Grid
from tillit.kit.grids.reading import WORKBOOK
from tillit.kit.grids.workbooks import sheets_of
from tillit.kit.refusal import Refused

FIRST_ROWS = 8
LONGEST_HEAD = 40


@open_to(may_bring_in, methods=WRITING)
def reading(request: HttpRequest, key: str) -> HttpResponse:
    intake = intake_for(request, key)
    if intake.stage not in {Stage.READING, Stage.PREVIEW}:
        return redirect("intake:intake", intake.key)
    grid = beginning.grid_of(intake)
    form = form_for(intake, grid, posted(request))
    if request.method == "POST" and form.is_valid():
        if not form.is_other:
            return recognised(intake, form)
        if not (trouble := read_anew(intake, form)):
            return redirect("intake:reading", intake.key)
        form.add_error(None, trouble)
    return page(request, intake, grid, form)


def form_for(intake: Intake, grid: Grid, data: Any) -> ReadingForm:
    book = intake.as_read.shape == WORKBOOK
    sheets = sheets_of(bytes(intake.data)) if book else []
    return ReadingForm(intake, heads_of(grid, has_head=intake.has_head), sheets, data)


def heads_of(grid: Grid, *, has_head: bool) -> list[str]:
    """Of each column its head, or what stands first in it."""
    first = grid.lines[0].cells
    heads = [*first, *[""] * (grid.width - len(first))]
    return [head[:LONGEST_HEAD] or _("(empty)") for head in heads]


def recognised(intake: Intake, form: ReadingForm) -> HttpResponse:
    """On to the rows, at once or when the background has come so far."""
    go_on_with(recognising.begin(intake, form.columns, timezone.now()))
    return redirect("intake:intake", intake.key)


def read_anew(intake: Intake, form: ReadingForm) -> str:
    """Read it so; returns why it can't be."""
    head = form.cleaned_data["has_head"]
    same_cells = form.reading == intake.as_read
    try:
        beginning.read_anew(
            intake, form.reading, timezone.now(), has_head=head if same_cells else None
        )
    except Refused as refused:
        return str(refused)
    return ""


def page(request: HttpRequest, intake: Intake, grid: Grid, form: ReadingForm) -> HttpResponse:
    titles = {it.name: it.title for it in form.kind_fields}
    shown = grid.lines[intake.has_head :][:FIRST_ROWS]
    heads = [titles.get(it, _("(left out)")) for it in intake.columns]
    context = {
        "form": form,
        "heads": heads,
        "lines": [list(zip_longest(heads, line.cells, fillvalue="")) for line in shown],
        **around(intake, "reading"),
    }
    status = 422 if form.errors else 200
    return render(request, "intake/reading.html", context, status=status)
