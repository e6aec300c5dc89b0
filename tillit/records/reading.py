"""One record with what is known of it, fetched once for all parts of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from tillit.kit.circles import PUBLIC, Viewer
from tillit.kit.citations import Citations, citations_of
from tillit.kit.contributions import Link, links_to
from tillit.kit.models import Citation, StoredFile
from tillit.records.actions.signing import is_complete
from tillit.records.choices import FOLLOWING, State
from tillit.records.models import (
    CaseNumber,
    Record,
    RecordStep,
    RetentionRule,
    Seal,
    Signatory,
    Signature,
    SignedCopy,
)
from tillit.register.choices import Side


@dataclass(frozen=True)
class Copy:
    """A party's signed copy, and how it compares with the text that was established."""

    row: SignedCopy
    file: StoredFile | None
    is_original: bool  # the very bytes that were established
    like: Sequence[str]  # whose copies have the same bytes
    unlike: Sequence[str]


@dataclass(frozen=True)
class Asked:
    """An organisation that is asked to sign, and what it has signed as far as the viewer may read."""

    signatory: Signatory
    signatures: Sequence[Signature]
    has_signed: bool  # told also where the names are not


@dataclass(frozen=True)
class Reading:
    """A record as the viewer may read it."""

    record: Record
    viewer: Viewer

    @classmethod
    def of(cls, key: str, viewer: Viewer) -> "Reading":
        """Raises Http404."""
        rows = Record.objects.visible_to(viewer).select_related("keeper__secretariat")
        return cls(get_object_or_404(rows, key=key), viewer)

    def rows(self, model: Any, *related: str) -> list[Any]:
        found = model.objects.visible_to(self.viewer).filter(record=self.record)
        rows = list(found.select_related(*related) if related else found)
        for row in rows:
            row.record = self.record
        return rows

    @cached_property
    def steps(self) -> list[RecordStep]:
        return self.rows(RecordStep)

    @cached_property
    def numbers(self) -> list[CaseNumber]:
        return self.rows(CaseNumber, "organisation")

    @cached_property
    def signatures(self) -> list[Signature]:
        return self.rows(Signature, "organisation")

    @cached_property
    def copies(self) -> list[SignedCopy]:
        return self.rows(SignedCopy, "organisation")

    @cached_property
    def seal(self) -> Seal | None:
        return next(iter(self.rows(Seal)), None)

    @cached_property
    def files(self) -> dict[str, StoredFile]:
        """By what they are of: the record, the copies, the seal."""
        owners = [self.record, *self.copies, *([self.seal] if self.seal else [])]
        rows = StoredFile.objects.visible_to(self.viewer).filter(
            of__in=[it.subject for it in owners]
        )
        return {it.of: it for it in rows}

    @property
    def file(self) -> StoredFile | None:
        return self.files.get(self.record.subject)

    @property
    def sealed_file(self) -> StoredFile | None:
        return self.files.get(self.seal.subject) if self.seal else None

    @cached_property
    def asked(self) -> list[Asked]:
        """Those who are asked to sign, and those who have signed without being asked."""
        signed = set(
            Signature.objects.filter(record=self.record).values_list("organisation_id", flat=True)
        )
        found = [
            Asked(it, self._by(it.organisation_id), it.organisation_id in signed)
            for it in self.rows(Signatory, "organisation")
        ]
        known = {it.signatory.organisation_id for it in found}
        for row in self.signatures:
            if row.organisation_id not in known:
                known.add(row.organisation_id)
                stand_in = Signatory(
                    record=self.record, organisation=row.organisation, side=row.side
                )
                found.append(Asked(stand_in, self._by(row.organisation_id), has_signed=True))
        return found

    def rows_of_signatories(self) -> list[Signatory]:
        return [it.signatory for it in self.asked if it.signatory.pk]

    def _by(self, organisation: Any) -> list[Signature]:
        return [it for it in self.signatures if it.organisation_id == organisation]

    @property
    def sides(self) -> list[tuple[Any, list[Asked]]]:
        """Both, with whose signatures they wait for or have; guests after them if there are any."""
        found: list[tuple[Any, list[Asked]]] = [
            (side, [it for it in self.asked if it.signatory.side == side]) for side in Side
        ]
        guests = [it for it in self.asked if not it.signatory.side]
        return [*found, ("", guests)] if guests else found

    @cached_property
    def is_complete(self) -> bool:
        return is_complete(self.record)

    @cached_property
    def compared(self) -> list[Copy]:
        return [self._compared(it) for it in self.copies]

    def _compared(self, row: SignedCopy) -> Copy:
        others = [it for it in self.copies if it.organisation_id != row.organisation_id]
        return Copy(
            row,
            self.files.get(row.subject),
            is_original=row.sha256 == self.record.sha256,
            like=[str(it.organisation) for it in others if it.sha256 == row.sha256],
            unlike=[str(it.organisation) for it in others if it.sha256 != row.sha256],
        )

    @cached_property
    def rule(self) -> RetentionRule | None:
        """Of the keeper's rules the one for this kind, or else that for all others."""
        rows = RetentionRule.objects.visible_to(self.viewer).filter(
            keeper=self.record.keeper_id, kind__in=[self.record.kind, ""]
        )
        return max(rows, key=lambda it: it.kind, default=None)

    @property
    def weeds_from(self) -> date | None:
        """The first day on which it may be weeded, counted from its last possible day."""
        when = self.record.when
        if self.rule is None or when.is_limitless or when.latest == date.max:
            return None
        return self.rule.weeds_from(when.latest)

    @cached_property
    def belongs_to(self) -> Link | None:
        if not self.record.of:
            return None
        return links_to([self.record.of], self.viewer).get(self.record.of)

    @property
    def next_steps(self) -> list[State]:
        return list(FOLLOWING[State(self.record.state)])

    @cached_property
    def citations(self) -> Citations:
        parts = [*self.steps, *self.numbers, *self.signatures]
        return citations_of([self.record.subject, *(it.subject for it in parts)], self.viewer)

    @property
    def disagreeing(self) -> list[Citation]:
        """What other sources write of the day, where they write another."""
        rows = [self.record, *self.signatures, *self.steps]
        found = [it for row in rows for it in self.citations.all_of(row.subject)]
        return [it for it in found if it.contradicts and it.field == "dated" and it.says]

    @property
    def is_public(self) -> bool:
        return bool(self.record.circle == PUBLIC)
