"""What the contexts' APIs share: lists with a cursor, periods, sources, and problems in words."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from ninja import Field, Schema

from tillit.kit.citations import Citations
from tillit.kit.days import DayError, read_day, today
from tillit.kit.lists import PAGE, Slice
from tillit.kit.models import Citation, Dated, StatedFigure
from tillit.kit.refusal import Refused

MOST = 200
KEY = r"^[A-Za-z0-9.-]*$"  # what a key may be made of; empty: not asked for


class OnDay(Schema):
    """What an answer about a day is asked with."""

    on: str = Field("", max_length=40, description="the day, year-month-day; today if left out")


class Paged(Schema):
    """What a list is asked with."""

    after: str = Field("", max_length=600, description="where the page before ended: see `next`")
    limit: int = Field(PAGE, ge=1, le=MOST)


class SourceOut(Schema):
    """One place in a document that a value rests on, or that says otherwise."""

    source: str = Field(description="key of the document")
    title: str
    lines: str = Field(description="first line, or first and last with an en dash")
    field: str = Field(description="the value it concerns; empty: the whole row")
    says: str = Field(description="what the document writes, where that differs")
    contradicts: bool
    note: str


class PeriodOut(Schema):
    """Bounds as in ISO 8601-2 (EDTF): empty is unknown, .. is open."""

    start: str
    end: str
    seen: str
    standing: str = Field(description="on the day: known, assumed, or not")


class FigureOut(Schema):
    """A number that a document states without the rows behind it."""

    measure: str
    as_written: str
    looseness: str
    low: int
    high: int | None
    period: PeriodOut
    sources: list[SourceOut]


class Problem(Schema):
    """RFC 9457, application/problem+json."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""


def _problem(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    return {"description": description, "content": content}


# What an operation adds to its part of the OpenAPI document.
PROBLEMS: dict[str, Any] = {
    "responses": {
        400: _problem("The request can't be met; detail says why."),
        404: _problem("There is nothing here."),
    }
}


def asked_on(text: str) -> date:
    """The day asked about, or today. Raises Refused."""
    try:
        return read_day(text, today()) if text else today()
    except DayError as error:
        raise Refused(str(error), field="on", typed=text)


def sources_out(citations: list[Citation]) -> list[SourceOut]:
    return [
        SourceOut(
            source=found.source.key,
            title=found.source.title,
            lines=found.lines,
            field=found.field,
            says=found.says,
            contradicts=found.contradicts,
            note=found.note,
        )
        for found in citations
    ]


def period_out(row: Dated, day: date) -> PeriodOut:
    return PeriodOut(start=row.start, end=row.end, seen=row.seen, standing=row.standing_on(day))


def figure_out(figure: StatedFigure, citations: Citations, day: date) -> FigureOut:
    return FigureOut(
        measure=figure.measure,
        as_written=figure.as_written,
        looseness=figure.looseness,
        low=figure.low,
        high=figure.high,
        period=period_out(figure, day),
        sources=sources_out(citations.of(figure.subject)),
    )


def next_url(request: HttpRequest, shown: Slice[Any]) -> str | None:
    """The address of the next page of the same list, or None on the last."""
    if shown.next is None:
        return None
    query = {name: value for name, value in request.GET.items() if name != "after"}
    return f"{request.path}?{urlencode({**query, 'after': shown.next})}"
