"""Two persons who may be one. A name alone is no proof."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.duplicates.kinds.kind import Beside, Fact, Kind, Text, Weighed, with_period
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
        told = [
            list(_told(it, roles[it.pk], mandates[it.pk], contacts[it.pk])) for it in (one, other)
        ]
        facts = [
            Fact(label, lines, others)
            for (label, lines), (_label, others) in zip(*told, strict=True)
            if lines or others
        ]
        figures = [figure_of(it, roles[it.pk], contacts[it.pk]) for it in (one, other)]
        return Beside(compare(*figures), facts)

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
                    yield Weighed(there[figure.pk], there[other.pk], likeness)

    def known_by(self, text: str, viewer: Viewer) -> Any:
        return self.rows(viewer).filter(folded__contains=fold(text))

    def may(self, viewer: Viewer, kept: Any, gone: Any) -> bool:
        """Who edits for somebody whom each of them serves, and may give each mandate that changes hands.

        Else one who signs in would come to act for somebody by a merge.
        """
        if not all(_edits_for(viewer, it) for it in (kept, gone)):
            return False
        others = [there for it, there in ((kept, gone), (gone, kept)) if it.account_id]
        moving = Mandate.objects.filter(person__in=others) if others else Mandate.objects.none()
        return all(
            rules.may_appoint(viewer, it.extent, it.organisation)
            for it in moving.select_related("organisation__secretariat")
        )

    def hindrances(self, one: Any, other: Any) -> Iterator[str]:
        if one.account_id and other.account_id:
            yield _(
                "Both sign in here, each with an account of their own. One of them must take away the "
                "own account first, under “My data”."
            )

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
    """The organisations in which the persons have a role, or for which they act."""
    persons = [it.pk for it in rows]
    by_role = Role.objects.filter(person__in=persons).values("organisation")
    by_mandate = Mandate.objects.filter(person__in=persons).values("organisation")
    return Organisation.objects.filter(Q(pk__in=by_role) | Q(pk__in=by_mandate))


def _edits_for(viewer: Viewer, person: Person) -> bool:
    return any(rules.may_edit(viewer, it) for it in _served([person]).select_related("secretariat"))
