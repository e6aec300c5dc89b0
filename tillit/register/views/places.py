"""Places: the map of Sweden, a county, a municipality, and who is there."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.contributions import panels_on
from tillit.kit.days import asked_day
from tillit.kit.maps import Map, MapShape, step_of
from tillit.register import atlas
from tillit.register.choices import PlaceKind
from tillit.register.models import Organisation, Place, Presence
from tillit.register.models.place import COUNTRY

FIRST_ROWS = 20


@dataclass(frozen=True)
class PlaceRow:
    """A place and the number of organisations there on the day."""

    place: Place
    count: int

    @property
    def in_words(self) -> str:
        return ngettext("%(count)s organisation", "%(count)s organisations", self.count) % {"count": self.count}


@open_to(anyone)
def country(request: HttpRequest) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    places = Place.objects.filter(kind__in=[PlaceKind.COUNTY, PlaceKind.MUNICIPALITY])
    rows = {row.place.code: row for row in rows_for(places, viewer, day)}
    counties = [row for row in rows.values() if row.place.kind == PlaceKind.COUNTY]
    context = {
        "day": day,
        "rows": counties,
        "map": drawn(_("Organisations by municipality"), atlas.municipalities(), rows, atlas.counties()),
        "everywhere": Presence.objects.visible_to(viewer).on(day).filter(place=COUNTRY).count(),
    }
    return render(request, "register/country.html", context)


@open_to(anyone)
def place(request: HttpRequest, code: str) -> HttpResponse:
    """A county with its municipalities, or a municipality. Sweden has its page at /platser/."""
    viewer, day = viewer_of(request), asked_day(request)
    found = get_object_or_404(Place.objects.select_related("parent"), code=code.upper())
    if found.kind == PlaceKind.COUNTRY:
        raise Http404
    county = found if found.kind == PlaceKind.COUNTY else found.parent
    rows = {row.place.code: row for row in rows_for(Place.objects.filter(parent=county), viewer, day)}
    present = organisations_in(found, viewer, day)
    context = {
        "place": found,
        "day": day,
        "rows": list(rows.values()),
        "map": drawn(str(county), atlas.county(county.code if county else ""), rows, here=found.code),
        "organisations": present.prefetch_related("names").order_by("sort_key", "key")[:FIRST_ROWS],
        "count": present.count(),
        "panels": panels_on(found.subject, viewer, day),
    }
    return render(request, "register/place.html", context)


def organisations_in(place: Place, viewer: Viewer, day: date) -> QuerySet[Organisation]:
    presences = Presence.objects.visible_to(viewer).on(day).within(place.code)
    visible = Organisation.objects.visible_to(viewer).on(day)
    return visible.filter(pk__in=presences.values("organisation_id"))


def rows_for(places: QuerySet[Place], viewer: Viewer, day: date) -> list[PlaceRow]:
    """The places with the number of organisations that are there by their own word.

    One that works in all of a county counts for the county, not for each municipality in it.
    """
    presences = Presence.objects.visible_to(viewer).on(day)
    counted = presences.values_list("place_id").annotate(Count("organisation", distinct=True))
    by_code = Counter(dict(counted.order_by()))
    return [PlaceRow(place, by_code[place.code]) for place in places]


def drawn(
    title: str, outline: atlas.Outline, rows: dict[str, PlaceRow],
    borders: atlas.Outline | None = None, here: str = "",
) -> Map:
    """The map of the rows. With borders it is too fine to follow links in; the list beside has them."""
    highest = max((rows[shape.code].count for shape in outline.shapes if shape.code in rows), default=0)
    shapes = []
    for shape in outline.shapes:
        row = rows.get(shape.code)
        if row is None:
            continue
        shapes.append(
            MapShape(
                d=shape.d, x=shape.x, y=shape.y, name=row.place.name, value=row.in_words,
                url="" if borders else row.place.get_absolute_url(),
                step=step_of(row.count, highest), label=str(row.count or ""),
                is_here=shape.code == here,
            )
        )
    return Map(title, outline.box, shapes, [border.d for border in borders.shapes] if borders else ())
