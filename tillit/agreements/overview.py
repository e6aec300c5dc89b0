"""All agreements on a day, as far as they are asked for; and where in the country there are any."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements.choices import Force
from tillit.agreements.models import Adherence, Agreement, Party
from tillit.agreements.tree import Branch, stand
from tillit.kit.circles import Viewer
from tillit.kit.days import format_period
from tillit.kit.maps import Look, Map, MapShape
from tillit.register import atlas
from tillit.register.choices import PlaceKind
from tillit.register.models import Organisation, Place

LOOKS = {
    Force.IN_FORCE: Look("in-force", Force.IN_FORCE.label, sign="✓"),
    Force.COMING: Look("coming", Force.COMING.label, is_hatched=True, sign="…"),
    Force.OVER: Look("over", gettext_lazy("No longer in force, or not known"), sign="–"),
    None: Look("none", gettext_lazy("None that is known here")),
}
# Of several in one place the one that tells most.
ORDER = (Force.IN_FORCE, Force.COMING, Force.OVER, Force.UNKNOWN)


def narrowed(asked: dict[str, Any], party: Organisation | None, viewer: Viewer, day: date) -> Any:
    """The agreements of the day, or all that an organisation has ever had to do with."""
    rows = Agreement.objects.visible_to(viewer).select_related("place", "parent")
    if party is None or asked.get("on"):
        rows = rows.on(day)
    if party:
        own = (
            model.objects.visible_to(viewer).filter(organisation=party).values("agreement")
            for model in (Party, Adherence)
        )
        rows = rows.filter(Q(pk__in=next(own)) | Q(pk__in=next(own)))
    if asked.get("level"):
        rows = rows.filter(level=asked["level"])
    if county := asked.get("county"):
        rows = rows.filter(Q(place=county) | Q(place__parent=county))
    if asked.get("force"):
        standing = stand(rows, viewer, day)
        rows = rows.filter(pk__in=[pk for pk, it in standing.items() if it.force == asked["force"]])
    return rows


def parts_played(
    rows: Iterable[Agreement], party: Organisation, viewer: Viewer
) -> dict[int, list[str]]:
    """What the organisation is to each of the agreements, and when."""
    found: dict[int, list[str]] = defaultdict(list)
    words = {Party: _("is party"), Adherence: _("has joined")}
    for model, word in words.items():
        of_these = model.objects.visible_to(viewer).filter(organisation=party, agreement__in=rows)
        for row in of_these:
            found[row.agreement_id].append(f"{word}, {format_period(row.as_read)}")
    return found


@dataclass
class PlaceStanding:
    """A place, the agreements of its own, and how many there are below it."""

    place: Place
    branches: list[Branch] = field(default_factory=list)
    below: int = 0

    @property
    def force(self) -> Force | None:
        forces = {it.force for it in self.branches}
        return next((it for it in ORDER if it in forces), None)

    @property
    def look(self) -> Look:
        force = Force.OVER if self.force is Force.UNKNOWN else self.force
        return LOOKS[force]


def by_place(branches: Sequence[Branch], county: str) -> list[PlaceStanding]:
    """The counties, or the municipalities of one, each with how it stands there."""
    places = Place.objects.filter(kind=PlaceKind.COUNTY)
    if county:
        places = Place.objects.filter(kind=PlaceKind.MUNICIPALITY, parent=county)
    found = {it.code: PlaceStanding(it) for it in places}
    for branch in branches:
        it = branch.agreement.place
        if it and it.code in found:
            found[it.code].branches.append(branch)
        elif it and it.parent_id in found:
            found[it.parent_id].below += 1
    return list(found.values())


def drawn(standings: Sequence[PlaceStanding], county: str, query: str) -> Map:
    """The map of the places. `query` leads on from a county to its municipalities."""
    outline = atlas.county(county) if county else atlas.counties()
    by_code = {it.place.code: it for it in standings}
    shapes = [
        MapShape(
            d=shape.d,
            x=shape.x,
            y=shape.y,
            name=by_code[shape.code].place.name,
            value=str(by_code[shape.code].look.words),
            url="" if county else f"?{query}&county={shape.code}",
            label=by_code[shape.code].look.sign,
            look=by_code[shape.code].look,
        )
        for shape in outline.shapes
        if shape.code in by_code
    ]
    return Map(
        _("Agreements"),
        outline.box,
        shapes,
        credit=_("Shapes: Statistics Sweden (SCB)."),
        looks=list(LOOKS.values()),
    )
