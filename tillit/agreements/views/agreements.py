"""All agreements on a day: as a tree, and as files."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tillit.agreements.forms import DayForm
from tillit.agreements.models import Agreement
from tillit.agreements.tree import Branch, grown, stand
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import PUBLIC
from tillit.kit.citations import citations_of
from tillit.kit.days import asked_day, format_period, today
from tillit.kit.exports import Column
from tillit.kit.listing import Listing

MOST = 1000


@open_to(anyone)
def agreement_list(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    visible = Agreement.objects.visible_to(viewer).select_related("place", "parent")
    if as_ != "page":
        form = DayForm(request.GET)
        day = (form.cleaned_data["on"] if form.is_valid() else None) or today()
        files = listing_for(lambda rows: stand(rows, viewer, day))
        return files.respond(request, visible.on(day), form, as_)
    day = asked_day(request)
    rows = list(visible.on(day)[:MOST])
    context = {
        "day": day,
        "roots": grown(rows, viewer, day),
        "citations": citations_of((row.subject for row in rows), viewer),
    }
    return render(request, "agreements/agreements.html", context)


def listing_for(standing: Any) -> Listing:
    """The files; the page is a tree."""
    known: dict[int, Branch] = {}

    def version_of(row: Agreement) -> str:
        version = known[row.pk].version
        return version.label if version else ""

    def parent_of(row: Agreement) -> str:
        above = row.parent
        return above.title if above and above.circle == PUBLIC else ""

    return Listing(
        _("Agreements"),
        "overenskommelser",
        [
            Column(_("Agreement"), lambda row: row.title),
            Column(_("Level"), lambda row: row.get_level_display()),
            Column(_("Place"), lambda row: row.place or ""),
            Column(_("Period"), lambda row: format_period(row.as_read)),
            Column(_("On the day"), lambda row: known[row.pk].force.label),
            Column(_("Version in force"), version_of),
            Column(_("Builds on"), parent_of),
            Column(_("Key"), lambda row: row.key),
        ],
        "agreements/agreements.html",
        prepare=lambda rows: known.update(standing(rows)),
    )
