"""The country, its counties and municipalities, from the lists of Statistics Sweden (SCB)."""

from collections import Counter
from collections.abc import Iterator

from tillit.kit.search.index import follow
from tillit.register.choices import PlaceKind
from tillit.register.models import Place
from tillit.register.models.place import COUNTRY
from tillit.register.place_names import rows_of

FATES = ("created", "changed", "unchanged")
COLUMNS = ["kind", "name", "official_name", "parent_id"]


def load_places() -> Counter[str]:
    """Make the table of places equal to the lists. A place that left them stays: rows name it.

    Returns how many were created, changed and unchanged.
    """
    stored = Place.objects.in_bulk()
    fates: Counter[str] = Counter()
    differing = []
    for place in places():
        fate = _fate(place, stored.get(place.code))
        fates[fate] += 1
        if fate != "unchanged":
            differing.append(place)
    Place.objects.bulk_create(
        differing,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["kind", "name", "official_name", "parent", "sort_key", "folded"],
    )
    follow(differing)
    return fates


def _fate(place: Place, stored: Place | None) -> str:
    if stored is None:
        return "created"
    same = all(getattr(place, column) == getattr(stored, column) for column in COLUMNS)
    return "unchanged" if same else "changed"


def places() -> Iterator[Place]:
    """All places, each after the one that it is a part of."""
    yield Place(code=COUNTRY, kind=PlaceKind.COUNTRY, name="Sverige", official_name="Sverige")
    for row in rows_of("lan_scb.csv"):
        name = row["lan_namn"]
        yield Place(
            code=row["lan_kod"],
            kind=PlaceKind.COUNTY,
            name=name,
            official_name=name,
            parent_id=COUNTRY,
        )
    for row in rows_of("kommuner_scb.csv"):
        yield Place(
            code=row["kommun_kod"],
            kind=PlaceKind.MUNICIPALITY,
            name=row["kommun_namn"],
            official_name=row["kommun_namn_officiellt"],
            parent_id=row["lan_kod"],
        )
