"""What the API of agreements answers with."""

from datetime import date

from ninja import Field, Schema

from tillit.kit.api import KEY, OnDay, Paged, PeriodOut, SourceOut


class AgreementsAsked(OnDay, Paged):
    level: str = Field("", max_length=14, description="international, national, regional or local")
    place: str = Field("", max_length=4, pattern=KEY, description="SCB's code")


class MeasuresAsked(OnDay):
    version: str = Field(
        "", max_length=200, pattern=KEY, description="key of one version, also of a draft"
    )


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


class AimOut(Schema):
    kind: str = Field(description="purpose, vision or goal")
    number: int = Field(description="among those of its kind")
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


class ToldOut(Schema):
    year: int
    text: str = Field(description="Markdown, by the side that promised")
    sources: list[SourceOut]


class CommitmentOut(Schema):
    key: str
    side: str
    number: int
    text: str
    principle: int | None = Field(description="number of the principle that it carries out")
    follow_ups: list[ToldOut] = Field(description="what the side says that it did")
    sources: list[SourceOut]


class AdoptionOut(Schema):
    kind: str = Field(description="begun, adopted or signed")
    organisation: str
    unit: str | None
    dated: str = Field(description="EDTF; empty: not known")
    case_number: str
    withdrawn: str | None = Field(description="EDTF; the day on which it was taken back")
    withdrawn_because: str
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
    aims: list[AimOut] = Field(description="what it is for, in order")
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
    open_points: str = Field(description="Markdown; empty: none is told")
    sources: list[SourceOut]


class StatusOut(Schema):
    side: str
    status: str = Field(description="planned, under_way, done, paused or dropped")
    since: str = Field(description="EDTF")
    reason: str
    sources: list[SourceOut]


class ServedOut(Schema):
    """A commitment that the measure serves, and the principle that this carries out."""

    key: str
    side: str
    number: int
    text: str
    principle: int | None
    principle_heading: str


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
    status: str | None = Field(description="on the day, where both sides say the same")
    statuses: list[StatusOut] = Field(description="what each side has said, the earliest first")
    serves: list[ServedOut]
    continues: str | None = Field(description="key of the measure of an earlier version")
    sources: list[SourceOut]


class MeasuresOut(Schema):
    on: date
    items: list[MeasureOut]
    count: int
    next: str | None
