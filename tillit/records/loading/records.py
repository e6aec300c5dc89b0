"""`records:` in the files: what stands written, as far as it is known. Bytes come by upload alone."""

from typing import Any

from django.utils.translation import gettext as _

from tillit.kit.loading.entries import Entry
from tillit.kit.loading.keys import joined, slugged
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.tables import Table
from tillit.kit.loading.wanted import Ref
from tillit.records.choices import State
from tillit.records.loading.shapes import (
    OUTSIDE,
    NumberShape,
    RecordShape,
    SignatoryShape,
    SignatureShape,
    StepShape,
)
from tillit.records.models import CaseNumber, Record, RecordStep, Signatory, Signature
from tillit.register.loading.refs import organisation_ref
from tillit.register.models import Person


class Records(Table[RecordShape]):
    name = "records"
    shape = RecordShape
    models = (Record, CaseNumber, RecordStep, Signatory, Signature)
    owned = dict.fromkeys((CaseNumber, RecordStep, Signatory, Signature), "record")

    def rows(self, entry: Entry[RecordShape], plan: Plan) -> None:
        said = entry.shape
        state = said.steps[-1].step if said.steps else State.DRAFT.value
        wanted = plan.want(
            Record,
            entry,
            key=said.key,
            values={
                **said.model_dump(include={"title", "kind", "of", "dated", "note", "sha256"}),
                "state": state,
            },
            refs={"keeper": organisation_ref(said.keeper, "keeper")},
            cited=said.source,
        )
        if wanted is None:
            return
        for number in entry.parts("numbers", said.numbers):
            want_number(said.key, number, plan)
        for place, step in enumerate(entry.parts("steps", said.steps), 1):
            want_step(said, place, step, plan)
        for signatory in entry.parts("signatories", said.signatories):
            want_signatory(said.key, signatory, plan)
        for signature in entry.parts("signatures", said.signatures):
            want_signature(said, signature, plan)

    def check(self, plan: Plan) -> None:
        for wanted in plan.of(RecordStep):
            if wanted.values["kind"] == State.DRAFT:
                plan.faults.add(
                    wanted.entry.spot("step"),
                    _("to be a draft is no step"),
                    _("leave it out: a record without steps is a draft"),
                )


def of_record(key: str, organisation: str, at: str = "organisation") -> dict[str, Any]:
    return {"record": Ref(Record, key), "organisation": organisation_ref(organisation, at)}


def want_number(record: str, entry: Entry[NumberShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        CaseNumber,
        entry,
        key=said.key,
        otherwise=joined(record, said.organisation),
        values={"number": said.number},
        refs=of_record(record, said.organisation),
        cited=said.source,
    )


def want_step(record: RecordShape, number: int, entry: Entry[StepShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        RecordStep,
        entry,
        key=joined(record.key, str(number)),
        values={
            **said.model_dump(include={"dated", "by", "counterpart", "reason"}),
            "kind": said.step,
            "number": number,
        },
        refs={
            "record": Ref(Record, record.key),
            "organisation": organisation_ref(record.keeper, ""),
        },
        cited=said.source,
    )


def want_signatory(record: str, entry: Entry[SignatoryShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Signatory,
        entry,
        key=joined(record, said.organisation),
        values={"side": said.side},
        refs=of_record(record, said.organisation),
        cited=said.source,
    )


def want_signature(record: RecordShape, entry: Entry[SignatureShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Signature,
        entry,
        key=said.key,
        otherwise=joined(record.key, said.organisation, slugged(said.name) if said.name else ""),
        values={
            **said.model_dump(include={"side", "name", "role", "place", "dated"}),
            "way": OUTSIDE,
            "sha256": record.sha256,
        },
        refs={
            **of_record(record.key, said.organisation),
            "person": Ref(Person, said.person, ("person",)) if said.person else None,
        },
        cited=said.source,
    )
