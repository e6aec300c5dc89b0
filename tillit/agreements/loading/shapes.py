"""What an agreement looks like in a file, with all that belongs to it."""

from typing import Annotated

from tillit.agreements.choices import AdoptionKind, AimKind, MeasureState, Stage
from tillit.agreements.loading.plan_shapes import (
    AdherenceShape,
    ImpactCheckShape,
    OrientationShape,
    PlanShape,
)
from tillit.kit.loading.citing import Sourced
from tillit.kit.loading.shapes import DatedShape, Day, Key, Line, Prose, Slug, Text, Whole, word_of
from tillit.register.choices import Level, Side

SideWord = Annotated[str, word_of(Side)]


class PartyShape(DatedShape, Sourced):
    key: Key = ""
    side: SideWord
    organisation: Slug = ""
    title: Line = ""
    text: Line = ""


class SectionShape(Sourced):
    number: Line
    heading: Line = ""
    text: Prose = ""


class AimShape(Sourced):
    kind: Annotated[str, word_of(AimKind)]
    number: Whole = 1
    text: Prose


class DefinitionShape(Sourced):
    term: Line
    text: Prose


class PrincipleShape(Sourced):
    number: Whole
    heading: Line
    text: Prose = ""
    taken_from: Key = ""


class ToldShape(Sourced):
    year: Whole
    text: Prose


class CommitmentShape(Sourced):
    side: SideWord
    number: Whole
    text: Prose
    principle: Whole | None = None
    follow_ups: list[ToldShape] = []


class AdoptionShape(Sourced):
    key: Key = ""
    kind: Annotated[str, word_of(AdoptionKind)]
    organisation: Slug
    unit: Slug = ""
    dated: Day = ""
    case_number: Line = ""
    withdrawn: Day = ""
    withdrawn_because: Text = ""


class FollowUpShape(Sourced):
    year: Whole
    side: SideWord
    text: Prose
    open_points: Prose = ""


class StatusShape(Sourced):
    key: Key = ""
    side: SideWord
    status: Annotated[str, word_of(MeasureState)]
    dated: Day
    reason: Text = ""


class MeasureShape(DatedShape, Sourced):
    key: Slug = ""
    number: Whole
    title: Line
    text: Prose
    lead: Slug = ""
    serves: list[Key] = []
    continues: Key = ""
    follow_ups: list[FollowUpShape] = []
    statuses: list[StatusShape] = []


class VersionShape(DatedShape, Sourced):
    key: Slug
    label: Line
    stage: Annotated[str, word_of(Stage)] = Stage.ADOPTED.value
    title: Line = ""
    description: Text = ""
    sections: list[SectionShape] = []
    aims: list[AimShape] = []
    definitions: list[DefinitionShape] = []
    principles: list[PrincipleShape] = []
    commitments: list[CommitmentShape] = []
    measures: list[MeasureShape] = []
    adoptions: list[AdoptionShape] = []


class AgreementShape(DatedShape, Sourced):
    key: Slug
    title: Line
    level: Annotated[str, word_of(Level)]
    place: Line = ""
    parent: Slug = ""
    description: Text = ""
    private: bool = False
    parties: list[PartyShape] = []
    versions: list[VersionShape] = []
    adherences: list[AdherenceShape] = []
    plans: list[PlanShape] = []
    orientations: list[OrientationShape] = []
    impact_checks: list[ImpactCheckShape] = []
