"""Two organisations that may be one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.duplicates.kinds.kind import Beside, Kind, Text, Weighed, with_period
from tillit.kit.bounds import Edge, read_bound
from tillit.kit.circles import Viewer
from tillit.kit.days import format_bound, format_period
from tillit.kit.loading.resolving import chunks
from tillit.kit.merging.periods import joined
from tillit.kit.periods import Period
from tillit.kit.swedish import fold
from tillit.register import rules
from tillit.register.choices import PresenceKind, Scheme
from tillit.register.likeness.candidates import alike_in_register, profile_of, profiles_of
from tillit.register.likeness.evidence import Likeness
from tillit.register.likeness.organisations import Profile, compare
from tillit.register.models import (
    Identifier,
    Mandate,
    Membership,
    Name,
    Organisation,
    Presence,
    Secretariat,
)


class Organisations(Kind):
    noun = Organisation.noun
    model = Organisation
    title = gettext_lazy("Organisations")
    columns = ("form", "level", "parent", "description", "web", "topics", "start", "end")

    def rows(self, viewer: Viewer) -> Any:
        related = ("parent", "secretariat__organisation")
        return Organisation.objects.visible_to(viewer).select_related(*related)

    def labels(self) -> Mapping[str, Text]:
        return {
            "parent": gettext_lazy("Part of"),
            "topics": gettext_lazy("Themes and target groups"),
            "start": gettext_lazy("Exists from"),
            "end": gettext_lazy("Exists until"),
        }

    def in_words(self, row: Any, name: str) -> str:
        if name in {"start", "end"}:
            bound = getattr(row, name)
            return str(format_bound(read_bound(bound, Edge(name)))) if bound else ""
        if name == "topics":
            return ", ".join(sorted(str(it) for it in row.topics.all()))
        return super().in_words(row, name)

    def values(self, kept: Any, gone: Any, chosen: Mapping[str, str]) -> dict[str, Any]:
        """Themes are those of both, unless one side was chosen. What was seen of either counts."""
        said = super().values(kept, gone, chosen)
        said.pop("topics", None)
        topics = {"one": [*kept.topics.all()], "other": [*gone.topics.all()]}
        if "topics" not in chosen:
            said["topics"] = list({it.pk: it for it in (*topics["one"], *topics["other"])}.values())
        elif chosen["topics"] == gone.key:
            said["topics"] = topics["other"]
        if gone.protected and not kept.protected:
            said["protected"] = True
        return {**said, **_existence(kept, gone, said)}

    def weigh(self, pairs: Sequence[tuple[Any, Any]], viewer: Viewer, day: date) -> list[Likeness]:
        profiles = profiles_of({it.pk for pair in pairs for it in pair}, viewer, day)
        return [compare(profiles[one.pk], profiles[other.pk]) for one, other in pairs]

    def beside(self, one: Any, other: Any, viewer: Viewer, day: date) -> Beside:
        dated = {it.pk: Dated() for it in (one, other)}
        for name, rows in _rows_of(one, other, viewer).items():
            for row in rows:
                owner = row.member_id if name == "memberships" else row.organisation_id
                getattr(dated[owner], name).append(row)
        told = [[*dated[it.pk].told(), *_told(it)] for it in (one, other)]
        profiles = [dated[it.pk].profile(it, day) for it in (one, other)]
        return Beside.of(compare(*profiles), *told)

    def found(
        self, secretariat: Secretariat, viewer: Viewer, day: date, part: Any
    ) -> Iterator[Weighed]:
        mine = self.rows(viewer).filter(secretariat=secretariat, sector=secretariat.side)
        for chunk in chunks(part(mine).order_by("pk").values_list("pk", flat=True)):
            profiles = profiles_of(chunk, viewer, day)
            alike = alike_in_register([*profiles.values()], [secretariat.side], viewer, day)
            keys = {it.key for found in alike for it, _likeness in found}
            rows = {it.key: it for it in self.rows(viewer).filter(pk__in=chunk)}
            others = {it.key: it for it in self.rows(viewer).filter(key__in=keys)}
            for profile, found in zip(profiles.values(), alike, strict=True):
                for other, likeness in found:
                    one, two = rows.get(profile.key), others.get(other.key)
                    if one and two and not any(_kinship(one, two)):
                        yield Weighed(one, two, likeness)

    def known_by(self, text: str, viewer: Viewer) -> Any:
        names = Name.objects.visible_to(viewer).filter(folded__contains=fold(text))
        return self.rows(viewer).filter(pk__in=names.values("organisation"))

    def may(self, viewer: Viewer, kept: Any, gone: Any) -> bool:
        return rules.may_edit(viewer, kept) and rules.may_edit(viewer, gone)

    def may_part(self, viewer: Viewer, kept: Any, merge: Any) -> bool:
        return rules.may_edit(viewer, kept)

    def rest(self, kept: Any, gone: Any, day: date) -> Mapping[str, Any]:
        """Whose secretariat is no more is looked after by that of the one that stayed."""
        held = gone.secretariat
        left = held is not None and not held.as_read.active_on(day)
        return {"secretariat": kept.secretariat} if left else {}

    def hindrances(self, one: Any, other: Any) -> Mapping[str, list[str]]:
        both = [one.pk, other.pk]
        anyhow = [*_sectors(one, other), *_kinship(one, other), *_members(both)]
        keeping = Secretariat.objects.filter(organisation__in=both).values_list("organisation")
        keepers = {pk for (pk,) in keeping}
        return {
            kept.key: [*anyhow, *_offices(kept, gone, keepers)]
            for kept, gone in ((one, other), (other, one))
        }

    def secretariats(self, rows: Iterable[Any]) -> list[Secretariat]:
        return list({it.secretariat_id: it.secretariat for it in rows if it.secretariat}.values())


def _kinship(one: Organisation, other: Organisation) -> Iterator[str]:
    for whole, part in ((one, other), (other, one)):
        if part.parent_id == whole.pk:
            said = _(
                "%(part)s is a part of %(whole)s, and nothing is a part of itself. If that is wrong, "
                "put it right first."
            )
            yield said % {"part": part, "whole": whole}


def _sectors(one: Organisation, other: Organisation) -> Iterator[str]:
    if one.sector != other.sector:
        yield _("They are of different sectors. Put right the one that is wrong first.")


def _members(both: Sequence[int]) -> Iterator[str]:
    within = Membership.objects.filter(umbrella__in=both, member__in=both)
    for it in within.select_related("umbrella", "member")[:1]:
        said = _(
            "%(member)s is a member of %(umbrella)s, and nobody is a member of itself. If that "
            "is wrong, take the membership away first."
        )
        yield said % {"member": it.member, "umbrella": it.umbrella}


def _offices(kept: Organisation, gone: Organisation, keepers: set[int]) -> Iterator[str]:
    """Who keeps a secretariat is said by administrators, and no secretariat speaks for its members."""
    if gone.pk in keepers:
        said = _("%(name)s keeps, or has kept, a secretariat, so it must be the one that stays.")
        yield said % {"name": gone}
    elif kept.pk in keepers and Mandate.objects.filter(organisation=gone).exists():
        said = _(
            "%(kept)s keeps a secretariat, and people act for %(gone)s. Let them give up their mandates "
            "first."
        )
        yield said % {"kept": kept, "gone": gone}


def _existence(kept: Organisation, gone: Organisation, said: Mapping[str, Any]) -> dict[str, str]:
    """When it was there: as chosen, and seen whenever either was, unless that is impossible."""
    bounds = {name: said.get(name, getattr(kept, name)) for name in ("start", "end")}
    period = {**bounds, "seen": joined(kept, gone)["seen"]}
    try:
        Period.read(**period)
    except ValidationError:
        period = {"start": kept.start, "end": kept.end, "seen": kept.seen}
    return period


def _told(it: Organisation) -> Iterator[tuple[Text, list[str]]]:
    """What stands on the organisation itself."""
    yield _("Sector"), [str(it.get_sector_display())]
    yield _("Legal form"), _lines(it.get_form_display() if it.form else "")
    yield _("Level"), _lines(it.get_level_display() if it.level else "")
    yield _("Part of"), _lines(it.parent)
    yield _("Website"), _lines(it.web)
    yield _("Description"), _lines(it.description)
    yield _("Exists"), _lines(format_period(it.period) if it.start or it.end else "")
    yield _("Looked after by"), _lines(it.secretariat)


def _lines(value: object) -> list[str]:
    return [str(value)] if value else []


@dataclass
class Dated:
    """What is told of one for a time."""

    names: list[Any] = field(default_factory=list)
    numbers: list[Any] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)
    memberships: list[Any] = field(default_factory=list)

    def profile(self, it: Organisation, day: date) -> Profile:
        numbers = [row for row in self.numbers if row.scheme == Scheme.ORGNR]
        seats = [row for row in self.places if row.kind == PresenceKind.SEAT]
        return profile_of(it, self.names, numbers, seats, day)

    def told(self) -> Iterator[tuple[Text, list[str]]]:
        yield _("Names"), [with_period(f"{it} ({it.kind_in_words})", it) for it in self.names]
        yield _("Numbers"), [self._number(it) for it in self.numbers]
        for label, kind in ((_("Seat"), PresenceKind.SEAT), (_("Works in"), PresenceKind.WORKS_IN)):
            places = [it for it in self.places if it.kind == kind]
            yield label, [with_period(str(it.place), it) for it in places]
        yield _("Member of"), [with_period(str(it.umbrella), it) for it in self.memberships]

    @staticmethod
    def _number(it: Identifier) -> str:
        scheme = "" if it.scheme == Scheme.ORGNR else f"{it.get_scheme_display()} "
        return f"{scheme}{it.value}"


def _rows_of(one: Organisation, other: Organisation, viewer: Viewer) -> dict[str, Any]:
    both = [one.pk, other.pk]
    places = Presence.objects.visible_to(viewer).filter(organisation__in=both)
    held = Membership.objects.visible_to(viewer).filter(member__in=both)
    return {
        "names": Name.objects.visible_to(viewer).filter(organisation__in=both),
        "numbers": Identifier.objects.visible_to(viewer).filter(organisation__in=both),
        "places": places.select_related("place"),
        "memberships": held.select_related("umbrella"),
    }
