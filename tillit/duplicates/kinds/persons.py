"""Two persons who may be one. A name alone is no proof."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.duplicates.kinds.kind import Beside, Kind, Text, Weighed, with_period
from tillit.kit.circles import Viewer
from tillit.kit.loading.resolving import chunks
from tillit.kit.swedish import fold
from tillit.register import rules
from tillit.register.likeness.acquaintances import (
    figure_of,
    figures_of,
    grouped,
    known_in_register,
)
from tillit.register.likeness.evidence import Likeness
from tillit.register.likeness.persons import compare
from tillit.register.models import Contact, Mandate, Organisation, Person, Role, Secretariat


class Persons(Kind):
    noun = Person.noun
    model = Person
    title = gettext_lazy("Persons")
    columns = ("name",)

    def rows(self, viewer: Viewer) -> Any:
        return Person.objects.known_to(viewer)

    def labels(self) -> Mapping[str, Text]:
        return {"name": gettext_lazy("The name is written")}

    def values(self, kept: Any, gone: Any, chosen: Mapping[str, str]) -> dict[str, Any]:
        """Whoever signs in as one of them signs in as the one that stays."""
        said = super().values(kept, gone, chosen)
        if gone.account_id and not kept.account_id:
            said["account"] = gone.account
        if gone.protected and not kept.protected:
            said["protected"] = True
        return said

    def weigh(self, pairs: Sequence[tuple[Any, Any]], viewer: Viewer, day: date) -> list[Likeness]:
        figures = figures_of({it.pk for pair in pairs for it in pair}, viewer)
        return [compare(figures[one.pk], figures[other.pk]) for one, other in pairs]

    def beside(self, one: Any, other: Any, viewer: Viewer, day: date) -> Beside:
        both = [one.pk, other.pk]
        readable = Role.objects.visible_to(viewer).filter(organisation__circle__in=viewer.circles)
        roles = grouped(readable.filter(person__in=both).select_related("organisation"))
        acting = Mandate.objects.visible_to(viewer).filter(person__in=both)
        mandates = grouped(acting.select_related("organisation", "unit"))
        contacts = grouped(Contact.objects.visible_to(viewer).filter(person__in=both))
        told = [_told(it, roles[it.pk], mandates[it.pk], contacts[it.pk]) for it in (one, other)]
        figures = [figure_of(it, roles[it.pk], contacts[it.pk]) for it in (one, other)]
        return Beside.of(compare(*figures), *told)

    def found(
        self, secretariat: Secretariat, viewer: Viewer, day: date, part: Any
    ) -> Iterator[Weighed]:
        mine = Organisation.objects.visible_to(viewer).filter(secretariat=secretariat)
        serving = Role.objects.visible_to(viewer).filter(organisation__in=mine)
        rows = self.rows(viewer).filter(pk__in=serving.values("person"))
        for chunk in chunks(part(rows).order_by("pk").values_list("pk", flat=True)):
            figures = figures_of(chunk, viewer)
            known = known_in_register([*figures.values()], viewer)
            pks = {it.pk for found in known for it, _likeness in found} | {*figures}
            there = self.rows(viewer).in_bulk(list(pks))
            for figure, found in zip(figures.values(), known, strict=True):
                for other, likeness in found:
                    if {figure.pk, other.pk} <= there.keys():
                        yield Weighed(there[figure.pk], there[other.pk], likeness)

    def known_by(self, text: str, viewer: Viewer) -> Any:
        return self.rows(viewer).filter(folded__contains=fold(text))

    def may(self, viewer: Viewer, kept: Any, gone: Any) -> bool:
        """Who edits all that the one that goes serves, and some of what the other does.

        And who may give each mandate that comes to somebody who signs in: else one would come to act
        for somebody by a merge.
        """
        return (
            all(rules.may_edit(viewer, it) for it in _whole(_served([gone])))
            and any(rules.may_edit(viewer, it) for it in _whole(_served([kept])))
            and _may_give(viewer, _moving(kept, gone))
        )

    def may_part(self, viewer: Viewer, kept: Any, merge: Any) -> bool:
        """Who edits some of what the person serves, and may give the mandates that go back."""
        moved = merge.steps.filter(model=Mandate._meta.label_lower, column="person")  # noqa: SLF001
        back = Mandate.objects.filter(key__in=moved.values("row"))
        edits = any(rules.may_edit(viewer, it) for it in _whole(_served([kept])))
        return edits and _may_give(viewer, back)

    def hindrances(self, one: Any, other: Any) -> Mapping[str, list[str]]:
        said = _(
            "Both sign in here, each with an account of their own. One of them must take away the "
            "own account first, under “My data”."
        )
        found = [said] if one.account_id and other.account_id else []
        return {one.key: found, other.key: found}

    def secretariats(self, rows: Iterable[Any]) -> list[Secretariat]:
        return list(Secretariat.objects.filter(pk__in=_served(rows).values("secretariat")))


def _told(
    it: Person, roles: Iterable[Role], mandates: Iterable[Mandate], contacts: Iterable[Contact]
) -> Iterator[tuple[Text, list[str]]]:
    acting = [(f"{row.reaches}: {row.get_extent_display()}", row) for row in mandates]
    yield _("Name"), [it.name]
    yield _("Roles"), [with_period(f"{row}, {row.organisation}", row) for row in roles]
    yield _("Acts for"), [with_period(text, row) for text, row in acting]
    yield (
        _("Reached at"),
        [", ".join(filter(None, [row.email, row.phone])) for row in contacts],
    )
    yield _("Signs in here"), [_("yes")] if it.account_id else []


def _served(rows: Iterable[Any]) -> Any:
    """The organisations in which the persons have a role, for which they act or are reached."""
    persons = [it.pk for it in rows]
    by_role = Role.objects.filter(person__in=persons).values("organisation")
    by_mandate = Mandate.objects.filter(person__in=persons).values("organisation")
    by_contact = Contact.objects.filter(person__in=persons).values("organisation")
    any_of_them = Q(pk__in=by_role) | Q(pk__in=by_mandate) | Q(pk__in=by_contact)
    return Organisation.objects.filter(any_of_them)


def _whole(organisations: Any) -> Any:
    return organisations.select_related("secretariat")


def _moving(kept: Person, gone: Person) -> Any:
    """The mandates that come to somebody who signs in."""
    others = [there for it, there in ((kept, gone), (gone, kept)) if it.account_id]
    return Mandate.objects.filter(person__in=others) if others else Mandate.objects.none()


def _may_give(viewer: Viewer, mandates: Any) -> bool:
    whole = mandates.select_related("organisation__secretariat")
    return all(rules.may_appoint(viewer, it.extent, it.organisation) for it in whole)
