"""`persons:` in the files: each person with the roles that the sources tell of."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from tillit.kit.guarding import guard_anew, hide_gone
from tillit.kit.loading.citing import Sourced
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.keys import joined, slugged
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.resolving import chunks
from tillit.kit.loading.shapes import Flag, Line, Number, Slug, word_of
from tillit.kit.loading.tables import Table
from tillit.kit.loading.wanted import Ref
from tillit.kit.periods import Period
from tillit.register.choices import RoleKind
from tillit.register.loading.organisation_shapes import Fact
from tillit.register.loading.refs import organisation_ref, unit_ref
from tillit.register.models import Person, Role


class RoleShape(Fact):
    kind: Annotated[str, word_of(RoleKind)]
    title: Line = ""
    organisation: Slug
    unit: Slug = ""
    represents: Slug = ""
    share: Number | None = None
    party: Line = ""


class PersonShape(Sourced):
    key: Slug
    name: Line
    protected: Flag = False
    roles: list[RoleShape] = []


class Persons(Table[PersonShape]):
    name = "persons"
    shape = PersonShape
    models = (Person, Role)
    owned = {Role: "person"}

    def rows(self, entry: Entry[PersonShape], plan: Plan) -> None:
        said = entry.shape
        values = {"name": said.name, "protected": said.protected}
        if plan.want(Person, entry, key=said.key, values=values, cited=said.source):
            roles = list(entry.parts("roles", said.roles))
            for role, key in zip(roles, role_keys(said.key, said.roles), strict=True):
                _want_role(said.key, role, key, plan)

    def settle(self, plan: Plan) -> None:
        """Hide, or show, all roles of persons whose protection has changed."""
        changed = [each.row for each in plan.of(Person) if each.has_changed("protected")]
        for chunk in chunks(changed):
            roles = Role.objects.filter(person__in=chunk)
            guard_anew(roles.select_related("organisation", "person"))
        for row in changed:
            if row.protected:
                hide_gone({Role.noun}, "person", row.key, row.circle)


def _want_role(owner: str, entry: Entry[RoleShape], key: str, plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Role,
        entry,
        key=said.key,
        otherwise=key,
        values={**said.model_dump(include={"kind", "title", "share", "party"}), **said.dates},
        refs={
            "person": Ref(Person, owner),
            "organisation": organisation_ref(said.organisation),
            "unit": unit_ref(said.organisation, said.unit),
            "represents": organisation_ref(said.represents, "represents"),
        },
        cited=said.source,
    )


def role_keys(person: str, roles: Sequence[RoleShape]) -> list[str]:
    """A key for each role by its first year. Of several in one year the later ones go by their day.

    That the first keeps its year lets its key last when a later row is added.
    """
    keys: dict[int, str] = {}
    for number, role in sorted(enumerate(roles), key=lambda pair: pair[1].held.certain_from):
        base = joined(person, role.organisation, role.unit, slugged(role.kind))
        day = first_day(role.held)
        by_year = joined(base, f"{day:%Y}" if day else "")
        by_day = joined(base, f"{day:%Y-%m-%d}" if day else "")
        keys[number] = by_day if by_year in keys.values() else by_year
    return [keys[number] for number in range(len(roles))]


def first_day(period: Period) -> date | None:
    """The first day on which it surely holds; where there is none, the first that is spoken of."""
    if period.is_ever_certain:
        return period.certain_from
    bounds = (bound for bound in (period.start, period.end) if not bound.is_unknown)
    days = (day for bound in bounds for day in (bound.earliest, bound.latest))
    return next((day for day in days if date.min < day < date.max), None)
