"""How a list of organisations is narrowed: the same for the page, the files and the API."""

from collections import defaultdict
from datetime import date
from functools import cache
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Viewer
from tillit.kit.days import DayField, today
from tillit.kit.swedish import sort_key
from tillit.kit.widgets import LongSelect
from tillit.register import reference
from tillit.register.choices import Form, Level, PlaceKind, Sector
from tillit.register.models import (
    Identifier,
    Membership,
    Name,
    Organisation,
    Presence,
    Topic,
)
from tillit.register.models.place import COUNTRY

UNKNOWN = "unknown"
MOST_AT_HAND = 500  # organisations that a search finds and asks for one by one
MOST_UMBRELLAS = 100  # a longer choice helps nobody


class DayFilter(django_filters.Filter):  # type: ignore[misc] # has no types
    field_class = DayField


class KnownFilter(django_filters.ChoiceFilter):  # type: ignore[misc] # has no types
    """A choice that may also be that nothing is known."""

    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(**{self.field_name: ""}) if value == UNKNOWN else super().filter(qs, value)


class OrganisationFilter(django_filters.FilterSet):  # type: ignore[misc] # has no types
    """Text, sector, legal form, level, place, theme, umbrella, day. Only what the viewer may see."""

    q = django_filters.CharFilter(label=_("Name or number"), method="by_text", max_length=100)
    sector = django_filters.ChoiceFilter(
        label=_("Sector"), choices=Sector.choices, empty_label=_("All")
    )
    form = KnownFilter(
        label=_("Legal form"),
        choices=[*Form.choices, (UNKNOWN, _("Not known"))],
        empty_label=_("All"),
    )
    level = KnownFilter(
        label=_("Level"), choices=[*Level.choices, (UNKNOWN, _("Not known"))], empty_label=_("All")
    )
    place = django_filters.ChoiceFilter(
        label=_("Place"),
        method="by_place",
        widget=LongSelect,
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no place with the code %(value)s.")},
    )
    theme = django_filters.ModelChoiceFilter(
        label=_("Theme or target group"),
        field_name="topics",
        to_field_name="key",
        queryset=Topic.objects.order_by("kind", "sort_key"),
        empty_label=_("All"),
    )
    member_of = django_filters.ChoiceFilter(
        label=_("Member of"),
        method="by_umbrella",
        widget=LongSelect,
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no umbrella with the key %(value)s.")},
    )
    on = DayFilter(
        label=_("Day"), method="on_day", help_text=_("Year-month-day. Today if left empty.")
    )

    class Meta:
        model = Organisation
        fields: list[str] = []

    def __init__(self, data: Any, *, viewer: Viewer) -> None:
        self.viewer = viewer
        super().__init__(data, queryset=Organisation.objects.visible_to(viewer))
        self.filters["theme"].queryset = Topic.objects.visible_to(viewer).order_by(
            "kind", "sort_key"
        )
        self.umbrellas = umbrellas(viewer, str(self.data.get("member_of", "")))
        self.filters["place"].extra["choices"] = place_choices()
        self.filters["member_of"].extra["choices"] = [
            (key, it.name) for key, it in self.umbrellas.items()
        ]

    @property
    def day(self) -> date:
        """The day asked about, or today. Only of a valid form."""
        return self.form.cleaned_data.get("on") or today()

    @property
    def umbrella(self) -> Organisation | None:
        return self.umbrellas.get(self.form.cleaned_data["member_of"]) if self.is_valid() else None

    def filter_queryset(self, queryset: Any) -> Any:
        return super().filter_queryset(queryset.on(self.day))

    def on_day(self, queryset: Any, name: str, value: date) -> Any:
        """Done for every list in filter_queryset, with or without the field."""
        return queryset

    def by_text(self, queryset: Any, name: str, value: str) -> Any:
        names = Name.objects.visible_to(self.viewer).containing(value).values("organisation_id")
        numbers = (
            Identifier.objects.visible_to(self.viewer).beginning(value).values("organisation_id")
        )
        # No index helps to find the middle of a word. What is rare is looked for once, not again for
        # the number of rows and for the rows; what is common is soon found to be so.
        found = names.order_by().union(numbers.order_by(), all=True)[: MOST_AT_HAND + 1]
        keys = {row["organisation_id"] for row in found}
        if len(found) <= MOST_AT_HAND:
            return queryset.filter(pk__in=keys)
        return queryset.filter(Q(pk__in=names) | Q(pk__in=numbers))

    def by_place(self, queryset: Any, name: str, value: str) -> Any:
        presences = Presence.objects.visible_to(self.viewer).on(self.day).within(value)
        return queryset.filter(pk__in=presences.values("organisation_id"))

    def by_umbrella(self, queryset: Any, name: str, value: str) -> Any:
        umbrella = self.umbrellas[value]
        memberships = (
            Membership.objects.visible_to(self.viewer).on(self.day).filter(umbrella=umbrella)
        )
        return queryset.filter(pk__in=memberships.values("member_id"))


@cache
def place_choices() -> list[Any]:
    """The country, the counties, and the municipalities of each county."""
    counties = [(it.code, it.name) for it in reference.places() if it.kind == PlaceKind.COUNTY]
    in_order = sorted(counties, key=lambda it: sort_key(it[1]))
    return [(COUNTRY, _("All of Sweden")), (_("Counties"), in_order), *municipality_choices()]


@cache
def municipality_choices() -> list[Any]:
    """The municipalities of each county. From the lists that the table is made of."""
    places = sorted(reference.places(), key=lambda place: sort_key(place.name))
    parts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place in places:
        parts[str(place.parent_id)].append((place.code, place.name))
    return [(name, parts[code]) for code, name in parts[COUNTRY]]


def umbrellas(viewer: Viewer, asked: str) -> dict[str, Organisation]:
    """The organisations that have members, by key; if they are very many, only the one asked for."""
    visible = Organisation.objects.visible_to(viewer).order_by("sort_key", "key")
    having = visible.filter(pk__in=Membership.objects.visible_to(viewer).values("umbrella_id"))
    found = list(having[: MOST_UMBRELLAS + 1])
    if len(found) > MOST_UMBRELLAS:
        found = list(having.filter(key=asked))
    return {umbrella.key: umbrella for umbrella in found}
