"""Which rows others follow from, found by how their columns point, however many rows it is."""

from collections.abc import Iterable, Sequence
from typing import Any

from tillit.kit.days import format_period
from tillit.kit.models import Dated
from tillit.kit.search.documents import Span
from tillit.register.models import Name, Organisation


def ids_in(rows: Iterable[Any], models: tuple[type[Any], ...], column: str) -> set[int]:
    """What the column of those rows says that are of one of the models."""
    return {getattr(row, column) for row in rows if isinstance(row, models)} - {None}


def own_keys(rows: Iterable[Any], model: type[Any]) -> set[str]:
    return {row.key for row in rows if isinstance(row, model)}


def named_in(rows: Sequence[Any]) -> set[int]:
    """The ids of organisations that may go by another name or be in another circle than before."""
    return ids_in(rows, (Organisation,), "pk") | ids_in(rows, (Name,), "organisation_id")


def span_of(row: Dated) -> Span:
    return Span(row.possible_from, row.possible_until)


def with_period(words: str, row: Dated) -> str:
    """The words, with the period if a source tells when it began or ended."""
    period = row.period
    if period.start.is_unknown and (period.end.is_unknown or period.end.is_open):
        return words
    return f"{words} ({format_period(period)})"
