"""One agreement with what is known of it, fetched once for all parts of a page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Q
from django.http import Http404

from tillit.agreements.choices import Force
from tillit.agreements.knowing import versions_known
from tillit.agreements.models import (
    Adherence,
    Adoption,
    Agreement,
    Aim,
    Commitment,
    CommitmentFollowUp,
    Consultation,
    Measure,
    MeasureFollowUp,
    Party,
    Principle,
    Version,
)
from tillit.agreements.models.version import in_force, last_that_tells
from tillit.agreements.progress import tell_progress, with_statuses
from tillit.kit.circles import Viewer
from tillit.kit.periods import Standing
from tillit.register.choices import Side
from tillit.register.dossier import count_of


def with_parties(viewer: Viewer) -> Any:
    """Parties with their organisations, as far as the viewer may read both."""
    rows = Party.objects.visible_to(viewer).select_related("organisation")
    return rows.prefetch_related("organisation__names")


@dataclass(frozen=True)
class Reading:
    """An agreement on a day, as the viewer may read it."""

    agreement: Agreement
    viewer: Viewer
    day: date
    below: tuple[Agreement, ...] = ()  # those that build on it, on whatever day

    @classmethod
    def of(cls, key: str, viewer: Viewer, day: date) -> "Reading":
        """Raises Http404."""
        joined = Adherence.objects.visible_to(viewer).on(day)
        of_these = joined.filter(organisation__circle__in=viewer.circles)
        rows = Agreement.objects.visible_to(viewer).select_related("place", "parent")
        consultations = Consultation.objects.visible_to(viewer)
        rows = rows.annotate(
            adherent_count=count_of(of_these, "agreement"),
            consultation_count=count_of(consultations, "version__agreement"),
        )
        known = list(rows.filter(Q(key=key) | Q(parent__key=key)))
        found = next((it for it in known if it.key == key), None)
        if found is None:
            raise Http404
        return cls(found, viewer, day, tuple(it for it in known if it is not found))

    @property
    def parent(self) -> Agreement | None:
        above = self.agreement.parent
        return above if above and above.circle in self.viewer.circles else None

    @cached_property
    def children(self) -> list[Agreement]:
        return [it for it in self.below if it.standing_on(self.day) is not Standing.NOT]

    @cached_property
    def versions(self) -> list[Version]:
        """All of them, the earliest first."""
        found = versions_known(self.agreement.key, self.viewer)
        return [it for it in found if it.agreement_id == self.agreement.pk]

    @cached_property
    def in_force(self) -> Version | None:
        return in_force(self.versions, self.day)

    @cached_property
    def told(self) -> Version | None:
        """The version of which the page tells: the one in force, or the last before it that is known."""
        return last_that_tells(self.versions, self.day)

    @property
    def is_told_by_another(self) -> bool:
        """Whether what the version in force says is not known, and another one's is told instead."""
        return self.told is not None and self.in_force is not None and self.told != self.in_force

    @property
    def force(self) -> Force:
        return force_of(self.versions, self.day)

    @cached_property
    def parties(self) -> list[Party]:
        """Those of the day; before it began, those that there came to be."""
        rows = with_parties(self.viewer).filter(agreement=self.agreement)
        found = [*rows.on(self.day)] or [*rows]
        for row in found:
            row.agreement = self.agreement
            row.called = row.organisation.name_on(self.day) if row.organisation else ""
        return found

    @property
    def sides(self) -> list[tuple[Side, list[Party]]]:
        """Both, with their parties."""
        return [(side, [it for it in self.parties if it.side == side]) for side in Side]

    def parts(self, name: str, *related: str) -> list[Any]:
        """The principles, commitments or the like of the version that is told."""
        return parts_of(self.told, name, self.viewer, *related) if self.told else []

    @cached_property
    def aiming(self) -> Version | None:
        """The version in force if what it is for is known, or else the last before it."""
        return last_that_tells(self.versions, self.day, "has_aims")

    @cached_property
    def aims(self) -> list[Aim]:
        return parts_of(self.aiming, "aims", self.viewer) if self.aiming else []

    @cached_property
    def measures(self) -> list[Measure]:
        """The measures of the version that is told, with what came of them and how they go."""
        found = with_follow_ups(self.parts("measures", "lead"), self.viewer)
        return tell_progress(with_statuses(found, self.viewer), self.day)

    @cached_property
    def commitments(self) -> list[Commitment]:
        """Of the version that is told, each with `measures_serving`: the measures that serve it.

        One question: a commitment comes once for each measure that serves it.
        """
        if self.told is None:
            return []
        rows = self.told.commitments.visible_to(self.viewer).select_related("principle")
        found: dict[int, Commitment] = {}
        serving: dict[int, set[int | None]] = defaultdict(set)
        for row in rows.annotate(serving=F("served_by")):
            found.setdefault(row.pk, row)
            serving[row.pk].add(row.serving)
        for row in found.values():
            row.version = self.told
            leave_unreadable(row, self.viewer, "principle")
            row.measures_serving = [it for it in self.measures if it.pk in serving[row.pk]]
        return list(found.values())

    @cached_property
    def measure_count(self) -> int:
        """Of the version that is told."""
        return self.told.measures.visible_to(self.viewer).count() if self.told else 0

    @cached_property
    def told_above(self) -> Version | None:
        """The version that is told of the agreement that it builds on."""
        known = versions_known(self.agreement.key, self.viewer)
        above = [it for it in known if it.agreement_id != self.agreement.pk]
        return last_that_tells(above, self.day)

    @cached_property
    def principles(self) -> tuple[list[Principle], list[Principle]]:
        """Of the version that is told, and of the one above it."""
        told, above = self.told, self.told_above
        if told is None:
            return [], []
        of_these = [it for it in (told, above) if it]
        rows = Principle.objects.visible_to(self.viewer).filter(version__in=of_these)
        found = list(rows.select_related("taken_from"))
        for row in found:
            row.version = told if row.version_id == told.pk else above
            leave_unreadable(row, self.viewer, "taken_from")
        mine = [row for row in found if row.version_id == told.pk]
        return mine, [row for row in found if row.version_id != told.pk]


def version_of(key: str, version: str, viewer: Viewer) -> Version:
    """A version by the two parts of its address. Raises Http404."""
    for found in versions_known(key, viewer):
        if found.agreement.key == key and version in {found.local_key, found.key}:
            return found
    raise Http404


def adoptions_of(version: Version, viewer: Viewer) -> list[Adoption]:
    """The earliest first. A unit that the viewer may not read is not told."""
    rows = Adoption.objects.visible_to(viewer).filter(version=version)
    found = list(rows.select_related("organisation", "unit__organisation", "withdrawal"))
    for row in found:
        row.version = version
        leave_unreadable(row, viewer, "unit")
    return sorted(found, key=lambda row: row.when.earliest)


def parts_of(version: Version, name: str, viewer: Viewer, *related: str) -> list[Any]:
    rows = getattr(version, name).visible_to(viewer)
    found = list(rows.select_related(*related) if related else rows)
    for row in found:
        row.version = version
        leave_unreadable(row, viewer, *related)
    return found


def leave_unreadable(row: Any, viewer: Viewer, *names: str) -> None:
    """Have the row not name what the viewer may not read."""
    for name in names:
        named = getattr(row, name)
        if named is not None and named.circle not in viewer.circles:
            setattr(row, name, None)


def with_follow_ups(measures: list[Measure], viewer: Viewer) -> list[Measure]:
    """Each with `told_years`: its follow-ups that the viewer may read, the latest year first."""
    found: dict[int, list[MeasureFollowUp]] = defaultdict(list)
    for row in MeasureFollowUp.objects.visible_to(viewer).filter(measure__in=measures):
        found[row.measure_id].append(row)
    by_id = {it.pk: it for it in measures}
    for rows in found.values():
        for row in rows:
            row.measure = by_id[row.measure_id]
    for it in measures:
        it.told_years = found[it.pk]
    return measures


def with_years(commitments: list[Commitment], viewer: Viewer) -> list[Commitment]:
    """Each with `told_years`: what the viewer may read of what came of it, the latest year first."""
    found: dict[int, list[CommitmentFollowUp]] = defaultdict(list)
    rows = CommitmentFollowUp.objects.visible_to(viewer).filter(commitment__in=commitments)
    for row in rows:
        found[row.commitment_id].append(row)
    for it in commitments:
        it.told_years = found[it.pk]
        for row in it.told_years:
            row.commitment = it
    return commitments


def force_of(versions: Iterable[Version], day: date) -> Force:
    """How it stands with an agreement that has these versions. One without any is under way."""
    forces = {it.force_on(day) for it in versions}
    for force in (Force.IN_FORCE, Force.OVER, Force.UNKNOWN):
        if force in forces:
            return force
    return Force.COMING
