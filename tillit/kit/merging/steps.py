"""What was done when two rows became one: one column that was set, or one row that went."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models

from tillit.kit.models import Row
from tillit.kit.values import plain, values_of_columns

WENT = ""  # the column of a row that went


@dataclass(frozen=True)
class Step:
    """`row` is the key of a noun's row, or the number of another; `before` and `after` are plain.

    Of a row that went, `before` is all that it said, and `after` names the one that it became one
    with. Of a set, `before` is the key that went out of it and `after` the one that came in, or
    nothing where that was in it already.
    """

    model: str  # register.role
    row: str
    column: str
    before: Any = None
    after: Any = None

    @property
    def is_of_row_that_went(self) -> bool:
        return self.column == WENT


def label(row: models.Model) -> str:
    return str(row._meta.label_lower)  # noqa: SLF001 (Django's own name for it)


def name_of(row: models.Model) -> str:
    return row.key if isinstance(row, Row) else str(row.pk)


@cache
def model_labelled(name: str) -> type[models.Model] | None:
    """The model, unless it is one that no longer is."""
    try:
        return apps.get_model(name)
    except LookupError:
        return None


def setting(row: models.Model, column: str, before: Any, after: Any) -> Step:
    return Step(label(row), name_of(row), column, plain(before), plain(after))


def going(row: models.Model, twin: models.Model | None = None) -> Step:
    """All that a row says before it goes, with what the activity leaves out."""
    said = values_of_columns(row)
    for field in row._meta.concrete_fields:  # noqa: SLF001
        if field.name in {"key", "circle", "also", *getattr(row, "untold", ())}:
            said[field.name] = plain(getattr(row, field.name))
    return Step(label(row), name_of(row), WENT, said, name_of(twin) if twin else None)


def alike(steps: Iterable[Step]) -> Iterator[list[Step]]:
    """Steps after each other that set the same column to the same."""

    def what(it: Step) -> Any:
        return it.model, it.column, repr(it.before), repr(it.after)

    for _what, run in groupby(steps, what):
        yield list(run)
