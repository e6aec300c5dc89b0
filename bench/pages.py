"""The pages that are timed."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.lists import FORWARD, PAGE, write_cursor
from tillit.register.generator import SOURCE_KEY
from tillit.register.models import Organisation

COUNTY, MUNICIPALITY = "12", "1280"
DEEP = 4000  # pages into the list, of 260 000 organisations; otherwise as far in proportion
FULL = 260_000
SEARCHED = {
    "rare": "stigen enholm",
    "common": "idrottsförening",
    "common, begun": "id",
    "kind, theme and place": "ideell förening malmö",
    "misspelled": "idrotsföreningne",
    "misspelled, short": "mamlö",
    "of nothing": "kvantfysik",
    "not together": "idrottsförening malmö kvantfysik",
}
SUGGESTED = {"begun": "för", "misspelled": "idrotsf"}


@dataclass(frozen=True)
class Page:
    figure: str
    url: str


def pages() -> list[Page]:
    listed = reverse("register:organisations")
    largest = Organisation.objects.annotate(size=Count("members")).order_by("-size")[0]
    ordinary = Organisation.objects.filter(members=None, roles__isnull=False).order_by("key")[0]
    narrowed = {
        "word in many names": {"q": "idrott"},
        "words in few names": {"q": "stigen i enholm"},
        "number": {"q": "4020"},
        "sector": {"sector": "civil"},
        "level": {"level": "national"},
        "sector and county": {"sector": "civil", "place": COUNTY},
        "form and municipality": {"form": "foundation", "place": MUNICIPALITY},
        "members of the largest, 2012": {"member_of": largest.key, "on": "2012-12-31"},
        "an early day": {"on": "1950-12-31"},
    }
    return [
        Page("start", reverse("site:start")),
        Page("list", listed),
        Page("list, deep by cursor", f"{listed}?{urlencode({'after': deep_cursor()})}"),
        *(
            Page(f"list, {name}", f"{listed}?{urlencode(query)}")
            for name, query in narrowed.items()
        ),
        Page("organisation", ordinary.get_absolute_url()),
        Page("organisation, largest umbrella", largest.get_absolute_url()),
        Page("members of the largest", reverse("register:members", args=[largest.key])),
        Page("country", reverse("register:places")),
        Page("county", reverse("register:place", args=[COUNTY])),
        Page("figures", reverse("register:figures")),
        Page("timeline", reverse("site:timeline")),
        *(
            Page(f"search, {name}", f"{reverse('site:search')}?{urlencode({'q': words})}")
            for name, words in SEARCHED.items()
        ),
        *(
            Page(f"suggestions, {name}", f"{reverse('site:suggestions')}?{urlencode({'q': words})}")
            for name, words in SUGGESTED.items()
        ),
        Page("source", reverse("site:source", args=[SOURCE_KEY])),
        Page("API, list", "/api/v1/organisations"),
        Page("API, memberships", f"/api/v1/memberships?umbrella={largest.key}"),
    ]


def deep_cursor() -> str:
    rows = Organisation.objects.visible_to(Viewer()).on(today()).order_by("sort_key", "key")
    place = min(DEEP * PAGE, DEEP * PAGE * Organisation.objects.count() // FULL)
    row = rows[place]
    return write_cursor(FORWARD, [row.sort_key, row.key])
