"""What the API answers with of those who have joined, and of plans."""

from datetime import date

from ninja import Field, Schema

from tillit.kit.api import FigureOut, OnDay, Paged, PeriodOut, SourceOut


class AdherentsAsked(OnDay, Paged):
    """Who has joined, on which day."""


class AdherentOut(Schema):
    organisation: str = Field(description="key")
    name: str = Field(description="what it was called on the day")
    sector: str
    form: str
    period: PeriodOut
    sources: list[SourceOut]


class AdherentsOut(Schema):
    on: date
    items: list[AdherentOut]
    count: int
    stated: list[FigureOut] = Field(description="what documents state the number to be on the day")
    next: str | None


class FocusAreaOut(Schema):
    year: int
    title: str
    text: str = Field(description="Markdown")
    sources: list[SourceOut]


class PlanOut(Schema):
    key: str
    title: str
    text: str = Field(description="Markdown")
    stage: str = Field(description="prepared; civil or public (as that side says); told; adopted")
    decided_by: str
    dated: str = Field(description="EDTF; empty: not known")
    url: str
    period: PeriodOut
    focus_areas: list[FocusAreaOut]
    sources: list[SourceOut]


class EffortOut(Schema):
    key: str
    number: int
    title: str
    text: str = Field(description="Markdown")
    responsible: str = Field(description="civil, public or joint")
    lead: str | None
    state: str = Field(description="planned, begun, done or set_aside")
    measures: list[str] = Field(description="keys")
    commitments: list[str] = Field(description="keys")
    replaced_by: str | None = Field(description="key of the effort in its place")
    reason: str = Field(description="why it was set aside")
    sources: list[SourceOut]


class OrientationOut(Schema):
    year: int
    title: str
    text: str = Field(description="Markdown")
    dialogue: str = Field(description="with whom it was prepared")
    stage: str = Field(description="prepared; civil or public (as that side says); told; adopted")
    decided_by: str
    dated: str = Field(description="EDTF; empty: not known")
    url: str
    efforts: list[EffortOut]
    sources: list[SourceOut]


class PlansOut(Schema):
    on: date
    items: list[PlanOut]
    orientations: list[OrientationOut]
    count: int
    next: str | None
