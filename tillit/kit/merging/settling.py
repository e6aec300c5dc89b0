"""Rows that were written one column at a time, as all of it has left them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from tillit.kit.guarding import guard_anew
from tillit.kit.loading.resolving import chunks
from tillit.kit.merging.naming import whole
from tillit.kit.models import Row
from tillit.kit.together import Together

Numbers = dict[type[models.Model], set[int]]
STEPS = 5  # of rows that rest on rows that rest on what was touched


def as_they_are(it: Together) -> list[Row]:
    """The rows that the act has touched, fetched anew, each in the circle that it must have now.

    So are the rows that rest on them, since a circle may follow from another's.
    """
    touched = numbers_of(it.touched)
    rows_to_guard = with_resting(touched)
    for model in apps.get_models():  # what others rest on comes first
        guard_anew(fetched({model: rows_to_guard.get(model, set())}))
    found = list(fetched(touched))
    it.touch(found)
    return found


def numbers_of(rows: Iterable[Row]) -> Numbers:
    found: Numbers = defaultdict(set)
    for row in rows:
        found[type(row)].add(row.pk)
    return found


def fetched(numbers: Numbers) -> Iterator[Any]:
    for model, pks in numbers.items():
        for chunk in chunks(sorted(pks)):
            yield from whole(model).filter(pk__in=chunk).order_by("pk")


def with_resting(touched: Numbers) -> Numbers:
    """Those, and all rows with a rule for their circle that rest on them, however far."""
    found: Numbers = defaultdict(set)
    last = touched
    for _step in range(STEPS):
        for model, pks in last.items():
            found[model] |= pks
        last = {
            model: new for model, pks in resting_on(last).items() if (new := pks - found[model])
        }
        if not last:
            break
    return found


def resting_on(numbers: Numbers) -> Numbers:
    found: Numbers = defaultdict(set)
    for model in apps.get_models():
        if not (issubclass(model, Row) and hasattr(model, "guard")):
            continue
        columns: list[Any] = list(model._meta.concrete_fields)  # noqa: SLF001
        for column in columns:
            for chunk in chunks(sorted(numbers.get(column.related_model, ()))):
                rows = model._default_manager.filter(Q(**{f"{column.name}__in": chunk}))  # noqa: SLF001
                found[model] |= {*rows.order_by().values_list("pk", flat=True)}
    return found
