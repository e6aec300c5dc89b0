"""Who is where: organisations by place on a day, and the map of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.kit.circles import Viewer
from tillit.kit.maps import Map, MapShape, step_of
from tillit.register import atlas
from tillit.register.choices import PlaceKind
from tillit.register.models import Organisation, Place, Presence
from tillit.register.models.place import COUNTRY
from tillit.register.models.presence import PresenceQuerySet


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


def present_on(viewer: Viewer, day: date) -> PresenceQuerySet:
    """Where organisations that exist on the day are, as far as the viewer may read."""
    rows: PresenceQuerySet = Presence.objects.visible_to(viewer).on(day)
    return rows.exclude(organisation__in=gone(viewer, day))


def rows_for(places: QuerySet[Place], viewer: Viewer, day: date) -> list[PlaceRow]:
    """The places with the number of organisations there, just as their pages and lists count them.

    A county counts those in any of its municipalities too, each once; one that is known only for
    the county counts in none of its municipalities.
    """
    shown = list(places)
    present = present_on(viewer, day)
    of_place = counted(present.filter(place__in=shown), F("place_id"))
    of_county: Counter[str] = Counter()
    if any(place.kind == PlaceKind.COUNTY for place in shown):
        of_county = counted(present, Coalesce(county_above, F("place_id")))
    return [
        PlaceRow(place, (of_county if place.kind == PlaceKind.COUNTY else of_place)[place.code])
        for place in shown
    ]


def gone(viewer: Viewer, day: date) -> QuerySet[Organisation]:
    """Those that don't exist on the day, or are hidden. They are few: to leave them out is cheaper
    than to find all the others.
    """
    return Organisation.objects.exclude(
        circle__in=viewer.circles, possible_from__lte=day, possible_until__gte=day
    )


# The county of a municipality; nothing for a county, whose place above is the country.
county_above = NullIf(F("place__parent_id"), Value(COUNTRY))


def counted(presences: QuerySet[Presence], by: Combinable) -> Counter[str]:
    """How many organisations there are by a code, each once."""
    rows = (
        presences.order_by().values(code=by).annotate(number=Count("organisation", distinct=True))
    )
    return Counter({row["code"]: row["number"] for row in rows})


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
