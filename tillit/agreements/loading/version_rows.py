"""Which rows a version and all that belongs to it become."""

from collections.abc import Callable
from typing import Any

from tillit.agreements.loading.shapes import (
    AdoptionShape,
    AimShape,
    CommitmentShape,
    DefinitionShape,
    FollowUpShape,
    MeasureShape,
    PrincipleShape,
    SectionShape,
    StatusShape,
    ToldShape,
    VersionShape,
)
from tillit.agreements.models import (
    Adoption,
    AdoptionWithdrawal,
    Agreement,
    Aim,
    Commitment,
    CommitmentFollowUp,
    Definition,
    Measure,
    MeasureFollowUp,
    MeasureStatus,
    Principle,
    Section,
    Version,
)
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.keys import joined, slugged
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.wanted import Ref
from tillit.register.loading.refs import organisation_ref, unit_ref


def want_version(owner: str, entry: Entry[VersionShape], plan: Plan) -> None:
    said = entry.shape
    key = joined(owner, said.key)
    wanted = plan.want(
        Version,
        entry,
        key=key,
        values={
            **said.model_dump(include={"label", "stage", "title", "description"}),
            **said.dates,
        },
        refs={"agreement": Ref(Agreement, owner)},
        cited=said.source,
    )
    if wanted is None:
        return
    for name, want in PARTS.items():
        for part in entry.parts(name, getattr(said, name)):
            want(key, part, plan)
    for measure in entry.parts("measures", said.measures):
        want_measure(owner, key, measure, plan)


def of_version(key: str) -> dict[str, Ref | None]:
    return {"version": Ref(Version, key)}


def want_section(version: str, entry: Entry[SectionShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Section,
        entry,
        key=joined(version, slugged(said.number)),
        values=said.model_dump(include={"number", "heading", "text"}),
        refs=of_version(version),
        cited=said.source,
    )


def want_aim(version: str, entry: Entry[AimShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Aim,
        entry,
        key=joined(version, said.kind, str(said.number)),
        values=said.model_dump(include={"kind", "number", "text"}),
        refs=of_version(version),
        cited=said.source,
    )


def want_definition(version: str, entry: Entry[DefinitionShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        Definition,
        entry,
        key=joined(version, slugged(said.term)),
        values=said.model_dump(include={"term", "text"}),
        refs=of_version(version),
        cited=said.source,
    )


def want_principle(version: str, entry: Entry[PrincipleShape], plan: Plan) -> None:
    said = entry.shape
    taken_from = Ref(Principle, said.taken_from, ("taken_from",)) if said.taken_from else None
    plan.want(
        Principle,
        entry,
        key=joined(version, str(said.number)),
        values=said.model_dump(include={"number", "heading", "text"}),
        refs={**of_version(version), "taken_from": taken_from},
        cited=said.source,
    )


def want_commitment(version: str, entry: Entry[CommitmentShape], plan: Plan) -> None:
    said = entry.shape
    number = said.principle
    principle = Ref(Principle, joined(version, str(number)), ("principle",)) if number else None
    key = joined(version, said.side, str(said.number))
    wanted = plan.want(
        Commitment,
        entry,
        key=key,
        values=said.model_dump(include={"side", "number", "text"}),
        refs={**of_version(version), "principle": principle},
        cited=said.source,
    )
    if wanted is not None:
        for told in entry.parts("follow_ups", said.follow_ups):
            want_told(key, told, plan)


def want_told(commitment: str, entry: Entry[ToldShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        CommitmentFollowUp,
        entry,
        key=joined(commitment, str(said.year)),
        values=said.model_dump(include={"year", "text"}),
        refs={"commitment": Ref(Commitment, commitment)},
        cited=said.source,
    )


def want_adoption(version: str, entry: Entry[AdoptionShape], plan: Plan) -> None:
    said = entry.shape
    wanted = plan.want(
        Adoption,
        entry,
        key=said.key,
        otherwise=joined(version, said.kind, said.organisation, said.unit),
        values=said.model_dump(include={"kind", "dated", "case_number"}),
        refs={
            **of_version(version),
            "organisation": organisation_ref(said.organisation),
            "unit": unit_ref(said.organisation, said.unit),
        },
        cited=said.source,
    )
    if wanted is not None and said.withdrawn:
        plan.want(
            AdoptionWithdrawal,
            entry,
            key=joined(wanted.key, "aterkallad"),
            values={"dated": said.withdrawn, "reason": said.withdrawn_because},
            refs={"adoption": Ref(Adoption, wanted.key)},
        )


def want_measure(agreement: str, version: str, entry: Entry[MeasureShape], plan: Plan) -> None:
    said = entry.shape
    key = joined(agreement, said.key or str(said.number))
    wanted = plan.want(
        Measure,
        entry,
        key=key,
        values={**said.model_dump(include={"number", "title", "text"}), **said.dates},
        refs={
            **of_version(version),
            "lead": organisation_ref(said.lead, "lead"),
            "continues": Ref(Measure, said.continues, ("continues",)) if said.continues else None,
        },
        many={
            "serves": [
                Ref(Commitment, joined(version, it), ("serves", place))
                for place, it in enumerate(said.serves)
            ]
        },
        cited=said.source,
    )
    if wanted is not None:
        for follow_up in entry.parts("follow_ups", said.follow_ups):
            want_follow_up(key, follow_up, plan)
        for status in entry.parts("statuses", said.statuses):
            want_status(key, status, plan)


def want_status(measure: str, entry: Entry[StatusShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        MeasureStatus,
        entry,
        key=said.key,
        otherwise=joined(measure, said.side, slugged(said.dated)),
        values=said.model_dump(include={"side", "status", "dated", "reason"}),
        refs={"measure": Ref(Measure, measure)},
        cited=said.source,
    )


def want_follow_up(measure: str, entry: Entry[FollowUpShape], plan: Plan) -> None:
    said = entry.shape
    plan.want(
        MeasureFollowUp,
        entry,
        key=joined(measure, str(said.year), said.side),
        values=said.model_dump(include={"year", "side", "text", "open_points"}),
        refs={"measure": Ref(Measure, measure)},
        cited=said.source,
    )


PARTS: dict[str, Callable[[str, Entry[Any], Plan], None]] = {
    "sections": want_section,
    "aims": want_aim,
    "definitions": want_definition,
    "principles": want_principle,
    "commitments": want_commitment,
    "adoptions": want_adoption,
}
