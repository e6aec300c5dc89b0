"""One record with what is known of it, fetched once for all parts of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from tillit.kit.circles import PUBLIC, Viewer
from tillit.kit.citations import Citations, citations_of
from tillit.kit.contributions import Link, links_to
from tillit.kit.files.kinds import PDF
from tillit.kit.models import Citation, StoredFile
from tillit.records.choices import FOLLOWING, State, Way
from tillit.records.completing import are_complete
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


def rules_for(keeper: Any, kind: Any, viewer: Viewer) -> Any:
    """What the rule says that a record of the keeper is under."""
    rows = RetentionRule.objects.visible_to(viewer).filter(Q(kind=kind) | Q(kind=""), keeper=keeper)
    said = JSONObject(kind="kind", keeping="keeping", years="years", basis="basis")
    return rows.order_by("-kind").annotate(told=said).values_list("told", flat=True)[:1]


@dataclass(frozen=True)
class Reading:
    """A record as the viewer may read it."""

    record: Record
    viewer: Viewer

    @classmethod
    def of(cls, key: str, viewer: Viewer) -> "Reading":
        """Raises Http404."""
        rows = Record.objects.visible_to(viewer).select_related("keeper__secretariat", "seal")
        rows = rows.annotate(
            has_copies=Exists(SignedCopy.objects.filter(record=OuterRef("pk"))),
            rule_told=Subquery(rules_for(OuterRef("keeper"), OuterRef("kind"), viewer)),
        )
        return cls(get_object_or_404(rows, key=key), viewer)

    def rows(self, model: Any, *related: str) -> list[Any]:
        found = model.objects.visible_to(self.viewer).filter(record=self.record)
        return self._of_it(found.select_related(*related) if related else found)

    @cached_property
    def steps(self) -> list[RecordStep]:
        return self.rows(RecordStep)

    @cached_property
    def numbers(self) -> list[CaseNumber]:
        return self.rows(CaseNumber, "organisation")

    @cached_property
    def _all_signatures(self) -> list[Signature]:
        """Also those of which the viewer is only told that they are there."""
        rows = Signature.objects.filter(record=self.record).select_related("organisation")
        return self._of_it(rows)

    @cached_property
    def _all_signatories(self) -> list[Signatory]:
        rows = Signatory.objects.filter(record=self.record).select_related("organisation")
        return self._of_it(rows)

    def _of_it(self, rows: Any) -> list[Any]:
        found = list(rows)
        for row in found:
            row.record = self.record
        return found

    @property
    def signatures(self) -> list[Signature]:
        return [it for it in self._all_signatures if it.circle in self.viewer.circles]

    @cached_property
    def copies(self) -> list[SignedCopy]:
        if not getattr(self.record, "has_copies", True):
            return []
        return self.rows(SignedCopy, "organisation")

    @property
    def seal(self) -> Seal | None:
        """In the record's circle, as it always is."""
        return getattr(self.record, "seal", None)

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
        signed = {it.organisation_id for it in self._all_signatures}
        found = [
            Asked(it, self._by(it.organisation_id), it.organisation_id in signed)
            for it in self._all_signatories
            if it.circle in self.viewer.circles
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

    @property
    def binds_others(self) -> bool:
        """Whether it is more than its keeper's: so it is not the keeper's alone to destroy."""
        keeper = self.record.keeper_id
        return self.record.joint or any(it.organisation_id != keeper for it in self._all_signatures)

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

    @property
    def is_complete(self) -> bool:
        return are_complete(self.record, self._all_signatories, self._all_signatures)

    @property
    def is_being_sealed(self) -> bool:
        """Whether all have signed, some of them here, and the copy with the seal is still to come."""
        is_pdf = self.file is not None and self.file.kind is PDF
        here = any(it.way == Way.IN_TILLIT for it in self._all_signatures)
        return is_pdf and here and self.seal is None and self.is_complete

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
        """Of the keeper's rules the one for this kind, or else that for all others. Only to be read."""
        it = self.record
        told = (
            it.rule_told
            if hasattr(it, "rule_told")
            else rules_for(it.keeper_id, it.kind, self.viewer).first()
        )
        return RetentionRule(keeper=it.keeper, **told) if told else None

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
