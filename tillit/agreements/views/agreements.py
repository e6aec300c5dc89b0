"""All agreements on a day: the same as a tree, as a list and on a map, and as files."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tillit.agreements.forms_overview import LIST, MAP, VIEWS, OverviewForm, county_choices
from tillit.agreements.models import Agreement
from tillit.agreements.overview import by_place, drawn, narrowed, parts_played
from tillit.agreements.tree import Branch, grown, stand
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import PUBLIC, Viewer
from tillit.kit.citations import citations_of
from tillit.kit.days import asked_day, format_period, today
from tillit.kit.exports import Column
from tillit.kit.listing import Listing, query_of
from tillit.register.models import Organisation

MOST = 1000


@open_to(anyone)
def agreement_list(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    form = OverviewForm(request.GET, viewer=viewer)
    if as_ != "page" or form.view == LIST:
        return as_list(request, form, viewer, as_)
    day = asked_day(request)
    context = {
        "day": day,
        "form": form,
        "views": views_of(request, form.view),
        "query": urlencode(query_of(request)),
    }
    rows = narrowed(form.asked, form.party, viewer, day)[:MOST]
    if form.view == MAP:
        return as_map(request, context, stand(rows, viewer, day))
    context |= {
        "roots": grown(rows, viewer, day),
        "citations": citations_of((row.subject for row in rows), viewer),
    }
    return render(request, "agreements/agreements.html", context)


def views_of(request: HttpRequest, chosen: str) -> list[dict[str, Any]]:
    """The ways to look at the same agreements, each with its address."""
    asked = query_of(request)
    return [
        {
            "title": title,
            "query": urlencode({**asked, "visa": name}),
            "is_chosen": name == chosen,
        }
        for name, title in VIEWS.items()
    ]


def as_list(request: HttpRequest, form: OverviewForm, viewer: Viewer, as_: str) -> HttpResponseBase:
    asked = form.asked
    day = asked.get("on") or today()
    rows = narrowed(asked, form.party, viewer, day)
    listing = listing_for(viewer, day, form.party)
    context = {"day": day, "party": form.party, "views": views_of(request, LIST), "cited": []}
    return listing.respond(request, rows, form, as_, **context)


def as_map(
    request: HttpRequest, context: dict[str, Any], standing: dict[int, Branch]
) -> HttpResponseBase:
    """Of the whole country by counties, or of a county by its municipalities."""
    form: OverviewForm = context["form"]
    county = form.asked.get("county", "")
    places = by_place(list(standing.values()), county)
    kept = {name: value for name, value in query_of(request).items() if name != "county"}
    query = urlencode({**kept, "visa": MAP})
    context |= {
        "places": places,
        "county": dict(county_choices())[county] if county else "",
        "map": drawn(places, county, query),
        "whole": query,
    }
    return render(request, "agreements/agreements_map.html", context)


def listing_for(viewer: Viewer, day: date, party: Organisation | None) -> Listing:
    known: dict[int, Branch] = {}
    played: dict[int, list[str]] = {}

    def prepare(rows: Any) -> None:
        known.update(stand(rows, viewer, day))
        if party:
            played.update(parts_played(rows, party, viewer))

    def version_of(row: Agreement) -> str:
        version = known[row.pk].version
        return version.label if version else ""

    def parent_of(row: Agreement) -> str:
        above = row.parent
        return above.title if above and above.circle == PUBLIC else ""

    def part_of(row: Agreement) -> str:
        return "; ".join(played.get(row.pk, ()))

    columns = [
        Column(_("Agreement"), lambda row: row.title, link=lambda row: row.get_absolute_url()),
        Column(_("Level"), lambda row: row.get_level_display()),
        Column(_("Place"), lambda row: row.place or ""),
        Column(_("Period"), lambda row: format_period(row.as_read), name="period"),
        Column(_("On the day"), lambda row: known[row.pk].force.label),
        Column(_("Version in force"), version_of),
        Column(_("Builds on"), parent_of),
    ]
    if party:
        columns.append(Column(party.name_on(day), part_of))
    return Listing(
        _("Agreements"),
        "overenskommelser",
        columns,
        "agreements/agreements_list.html",
        more_in_files=[Column(_("Key"), lambda row: row.key)],
        prepare=prepare,
    )
