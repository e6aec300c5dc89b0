"""What the API of agreements answers with."""

from datetime import date

from ninja import Field, Schema

from tillit.kit.api import KEY, OnDay, Paged, PeriodOut, SourceOut


class AgreementsAsked(OnDay, Paged):
    level: str = Field("", max_length=14, description="international, national, regional or local")
    place: str = Field("", max_length=4, pattern=KEY, description="SCB's code")


class PartyOut(Schema):
    side: str = Field(description="civil or public")
    organisation: str | None = Field(description="key; of a sector, of who represents it")
    name: str
    text: str
    period: PeriodOut
    sources: list[SourceOut]


class AgreementOut(Schema):
    key: str
    title: str
    level: str
    place: str | None
    builds_on: str | None
    description: str
    url: str
    force: str = Field(description="on the day: coming, in_force, over or unknown")
    version: str | None = Field(description="key of the version in force on the day")
    period: PeriodOut
    parties: list[PartyOut]
    sources: list[SourceOut]


class AgreementsOut(Schema):
    on: date
    items: list[AgreementOut]
    count: int
    next: str | None


class SectionOut(Schema):
    number: str
    heading: str
    text: str = Field(description="Markdown")
    sources: list[SourceOut]


class DefinitionOut(Schema):
    term: str
    text: str
    sources: list[SourceOut]


class PrincipleOut(Schema):
    number: int
    heading: str
    text: str
    taken_from: str | None = Field(description="key of the principle that it comes from")
    sources: list[SourceOut]


class CommitmentOut(Schema):
    side: str
    number: int
    text: str
    principle: int | None = Field(description="number of the principle that it carries out")
    sources: list[SourceOut]


class AdoptionOut(Schema):
    kind: str = Field(description="begun, adopted or signed")
    organisation: str
    unit: str | None
    dated: str = Field(description="EDTF; empty: not known")
    case_number: str
    sources: list[SourceOut]


class VersionOut(Schema):
    key: str
    label: str
    title: str
    description: str
    url: str
    stage: str = Field(description="draft, consultation or adopted")
    force: str = Field(description="on the day: coming, in_force, over or unknown")
    has_text: bool = Field(description="whether its text is in the sources")
    period: PeriodOut
    sections: list[SectionOut]
    definitions: list[DefinitionOut]
    principles: list[PrincipleOut]
    commitments: list[CommitmentOut]
    adoptions: list[AdoptionOut]
    sources: list[SourceOut]


class VersionsOut(Schema):
    on: date
    items: list[VersionOut]
    count: int
    next: str | None


class FollowUpOut(Schema):
    year: int
    side: str
    text: str = Field(description="Markdown")
    sources: list[SourceOut]


class MeasureOut(Schema):
    key: str
    number: int
    title: str
    text: str
    version: str
    lead: str | None
    url: str
    period: PeriodOut
    follow_ups: list[FollowUpOut]
    sources: list[SourceOut]


class MeasuresOut(Schema):
    on: date
    items: list[MeasureOut]
    count: int
    next: str | None
