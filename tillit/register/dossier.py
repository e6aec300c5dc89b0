"""All that is known of one organisation, fetched once a request and shared by the parts of its page."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.shortcuts import get_object_or_404

from tillit.kit.circles import Viewer
from tillit.kit.citations import Citations, citations_of
from tillit.kit.contributions import counts_on
from tillit.kit.models import StatedFigure
from tillit.register.choices import NameKind, RoleFamily, family_of
from tillit.register.models import (
    Address,
    Identifier,
    Membership,
    Name,
    Organisation,
    Presence,
    Role,
    Topic,
    Unit,
)
from tillit.register.models.name import NameQuerySet


def count_of(rows: QuerySet[Any], by: str, *, each: str = "pk") -> Coalesce:
    """How many of the rows point at the outer row by that key; how many different ones of `each`."""
    number = Count(each, distinct=each != "pk")
    counted = rows.filter(**{by: OuterRef("pk")}).order_by().values(by).annotate(number=number)
    return Coalesce(Subquery(counted.values("number")), 0)


def stated_of(figures: QuerySet[StatedFigure]) -> Coalesce:
    """How many figures documents state of the outer organisation."""
    subject = Concat(Value(f"{Organisation.noun}:"), OuterRef("key"))
    counted = figures.filter(about=subject).order_by().values("about").annotate(number=Count("pk"))
    return Coalesce(Subquery(counted.values("number")), 0)


@dataclass(frozen=True)
class RoleGroup:
    """The roles of one unit, or those that belong to no unit."""

    title: str
    url: str
    roles: list[Role]


class Dossier:
    """An organisation and its dated rows, as the viewer may see them."""

    def __init__(self, key: str, viewer: Viewer) -> None:
        visible = Organisation.objects.visible_to(viewer).select_related("parent")
        counted = visible.annotate(
            unit_count=count_of(Unit.objects.visible_to(viewer), "organisation"),
            part_count=count_of(Organisation.objects.visible_to(viewer), "parent"),
            stated_count=stated_of(StatedFigure.objects.visible_to(viewer)),
            member_count=count_of(Membership.objects.visible_to(viewer), "umbrella"),
            **counts_on(Organisation.noun, viewer),
        )
        self.organisation = get_object_or_404(counted, key=key)
        self.viewer = viewer

    @classmethod
    def of(cls, key: str, viewer: Viewer) -> "Dossier":
        """The one dossier of this request. Raises Http404."""
        return viewer.once(("dossier", key), lambda: cls(key, viewer))

    @cached_property
    def names(self) -> NameQuerySet:
        rows: NameQuerySet = self.organisation.names.visible_to(self.viewer)
        return rows

    @property
    def official_names(self) -> list[Name]:
        return [name for name in self.names if name.kind == NameKind.OFFICIAL]

    def name_on(self, day: date) -> str:
        """What it was called on the day."""
        return self.names.called_on(day) or self.organisation.name

    @cached_property
    def identifiers(self) -> list[Identifier]:
        return list(self.organisation.identifiers.visible_to(self.viewer))

    @cached_property
    def addresses(self) -> list[Address]:
        return list(self.organisation.addresses.visible_to(self.viewer))

    @cached_property
    def presences(self) -> list[Presence]:
        return list(self.organisation.presences.visible_to(self.viewer).select_related("place"))

    @cached_property
    def roles(self) -> list[Role]:
        rows = self.organisation.roles.visible_to(self.viewer)
        return list(
            rows.select_related("person", "unit", "represents").order_by(
                "certain_from", "person__sort_key"
            )
        )

    def roles_on(self, day: date) -> list[RoleGroup]:
        return grouped(
            [role for role in self.roles if role.as_read.active_on(day)], self.organisation
        )

    def other_roles(self, day: date) -> list[Role]:
        """Roles that are held no more, or not yet, the latest first."""
        return [role for role in reversed(self.roles) if not role.as_read.active_on(day)]

    @property
    def visible_parent(self) -> Organisation | None:
        parent = self.organisation.parent
        return parent if parent and parent.circle in self.viewer.circles else None

    @cached_property
    def memberships(self) -> list[Membership]:
        """The umbrellas that it is or was a member of."""
        rows = self.organisation.memberships.visible_to(self.viewer)
        return list(
            rows.filter(umbrella__circle__in=self.viewer.circles).select_related("umbrella")
        )

    @cached_property
    def topics(self) -> list[Topic]:
        return list(self.organisation.topics.visible_to(self.viewer))

    @cached_property
    def citations(self) -> Citations:
        return citations_of((row.subject for row in self.dated), self.viewer)

    @property
    def dated(self) -> list[Any]:
        """The organisation and all its rows."""
        return [
            self.organisation,
            *self.names,
            *self.identifiers,
            *self.addresses,
            *self.presences,
            *self.roles,
            *self.memberships,
        ]


def grouped(roles: list[Role], organisation: Organisation) -> list[RoleGroup]:
    """The roles by unit, then those of the organisation itself by family; the leading ones first."""
    found: dict[tuple[int, int], list[Role]] = defaultdict(list)
    for role in sorted(roles, key=lambda role: role.rank):
        family = RoleFamily.values.index(family_of(role.kind))
        found[(0, role.unit_id) if role.unit_id else (1, family)].append(role)
    return [group_of(found[place], organisation) for place in sorted(found)]


def group_of(roles: list[Role], organisation: Organisation) -> RoleGroup:
    unit = roles[0].unit
    if unit is None:
        return RoleGroup(str(family_of(roles[0].kind).label), "", roles)
    unit.organisation = organisation
    return RoleGroup(unit.name, unit.get_absolute_url(), roles)
