"""Places: the map of Sweden, a county, a municipality, and who is there."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.contributions import panels_on
from tillit.kit.days import asked_day
from tillit.register import atlas
from tillit.register.choices import PlaceKind
from tillit.register.crumbs import crumbs_to
from tillit.register.geography import county_map, drawn, organisations_in, present_on, rows_for
from tillit.register.models import Place
from tillit.register.models.place import COUNTRY

FIRST_ROWS = 20


@open_to(anyone)
def country(request: HttpRequest) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    places = Place.objects.filter(kind__in=[PlaceKind.COUNTY, PlaceKind.MUNICIPALITY])
    rows = {row.place.code: row for row in rows_for(places, viewer, day)}
    counties = [row for row in rows.values() if row.place.kind == PlaceKind.COUNTY]
    context = {
        "day": day,
        "rows": counties,
        "map": drawn(
            _("Organisations by municipality"), atlas.municipalities(), rows, atlas.counties()
        ),
        "everywhere": present_on(viewer, day).filter(place=COUNTRY).count(),
    }
    return render(request, "register/country.html", context)


def only_for_county(county: Place, viewer: Viewer, day: date) -> int:
    """How many are known to be in the county and in no municipality of it: they are on no map."""
    presences = present_on(viewer, day)
    inside = presences.filter(place__parent=county).values("organisation")
    whole = presences.filter(place=county).exclude(organisation__in=inside)
    return whole.values("organisation").distinct().count()


@open_to(anyone)
def place(request: HttpRequest, code: str) -> HttpResponse:
    """A county with its municipalities, or a municipality. Sweden has its page at /platser/."""
    viewer, day = viewer_of(request), asked_day(request)
    found = get_object_or_404(Place.objects.select_related("parent"), code=code.upper())
    if found.kind == PlaceKind.COUNTRY:
        raise Http404
    county = found.parent if found.kind == PlaceKind.MUNICIPALITY and found.parent else found
    county_drawn, rows = county_map(county, viewer, day, here=found.code)
    present = organisations_in(found, viewer, day)
    context = {
        "place": found,
        "crumbs": crumbs_to(found),
        "day": day,
        "rows": rows,
        "map": county_drawn,
        "organisations": [
            (row, row.name_on(day))
            for row in present.prefetch_related("names").order_by("sort_key", "key")[:FIRST_ROWS]
        ],
        "count": present.count(),
        "county_only": only_for_county(county, viewer, day),
        "panels": panels_on(found.subject, viewer, day),
    }
    return render(request, "register/place.html", context)
