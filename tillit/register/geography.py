"""Who is where: organisations by place on a day, and the map of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.kit.circles import Viewer
from tillit.kit.maps import Map, MapShape, step_of
from tillit.register import atlas
from tillit.register.models import Organisation, Place, Presence


@dataclass(frozen=True)
class PlaceRow:
    """A place and the number of organisations there on the day."""

    place: Place
    count: int

    @property
    def in_words(self) -> str:
        return ngettext("%(count)s organisation", "%(count)s organisations", self.count) % {
            "count": self.count
        }


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
    title: str,
    outline: atlas.Outline,
    rows: dict[str, PlaceRow],
    borders: atlas.Outline | None = None,
    here: str = "",
) -> Map:
    """The map of the rows. With borders it is too fine to follow links in; the list beside has them."""
    highest = max(
        (rows[shape.code].count for shape in outline.shapes if shape.code in rows), default=0
    )
    shapes = []
    for shape in outline.shapes:
        row = rows.get(shape.code)
        if row is None:
            continue
        shapes.append(
            MapShape(
                d=shape.d,
                x=shape.x,
                y=shape.y,
                name=row.place.name,
                value=row.in_words,
                url="" if borders else row.place.get_absolute_url(),
                step=step_of(row.count, highest),
                label=str(row.count or ""),
                is_here=shape.code == here,
            )
        )
    outlines = [border.d for border in borders.shapes] if borders else ()
    return Map(title, outline.box, shapes, outlines, credit=_("Shapes: Statistics Sweden (SCB)."))


def county_map(
    county: Place, viewer: Viewer, day: date, here: str = ""
) -> tuple[Map, list[PlaceRow]]:
    """A county by its municipalities, and the same in rows. `here` is the place of the page."""
    rows = rows_for(Place.objects.filter(parent=county), viewer, day)
    return drawn(
        county.name, atlas.county(county.code), {row.place.code: row for row in rows}, here=here
    ), rows
