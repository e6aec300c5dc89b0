"""What stands in a file of who has joined an agreement, of plans, and of what changes would mean."""

from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import BeforeValidator

from tillit.agreements.choices import EffortState, PlanStage, Responsible
from tillit.kit.bounds import Edge, Precision, read_bound
from tillit.kit.loading.citing import Sourced
from tillit.kit.loading.faults import Wrong
from tillit.kit.loading.shapes import (
    DatedShape,
    Day,
    Key,
    Line,
    Prose,
    Slug,
    Whole,
    bound,
    word_of,
)
from tillit.register.choices import Side


def one_day(value: object) -> str:
    """Year, month and day."""
    written = bound(value)
    if read_bound(written, Edge.START).precision is not Precision.DAY:
        raise Wrong(
            _("“%(text)s” is not a day") % {"text": written},
            _("write year-month-day, for example 2012-12-31"),
        )
    return written


OneDay = Annotated[str, BeforeValidator(one_day)]


class AdherenceShape(DatedShape, Sourced):
    key: Key = ""
    organisation: Slug


class PlannedShape(Sourced):
    title: Line
    text: Prose = ""
    stage: Annotated[str, word_of(PlanStage, *Side.values)] = PlanStage.ADOPTED.value
    decided_by: Line = ""
    dated: Day = ""


class FocusAreaShape(Sourced):
    year: Whole
    title: Line
    text: Prose = ""


class PlanShape(PlannedShape, DatedShape):
    key: Slug
    focus_areas: list[FocusAreaShape] = []


class EffortShape(Sourced):
    number: Whole
    title: Line
    text: Prose = ""
    responsible: Annotated[str, word_of(Responsible)] = Responsible.JOINT.value
    lead: Slug = ""
    state: Annotated[str, word_of(EffortState)] = EffortState.PLANNED.value
    measures: list[Key] = []
    commitments: list[Key] = []


class ReprioritisationShape(Sourced):
    before: Whole
    after: Whole | None = None
    reason: Prose
    dated: Day = ""
    decided_by: Line = ""


class OrientationShape(PlannedShape):
    year: Whole
    dialogue: Line = ""
    efforts: list[EffortShape] = []
    reprioritisations: list[ReprioritisationShape] = []


class ImpactCheckShape(Sourced):
    key: Slug
    title: Line
    organisation: Slug
    text: Prose = ""
    opened_on: OneDay
    analysis: Prose = ""
    closed_on: OneDay = ""
    closed_by: Line = ""
    view: Prose = ""
    view_on: OneDay = ""
    view_by: Line = ""
