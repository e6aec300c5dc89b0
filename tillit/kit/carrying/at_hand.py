"""What many rows name, fetched together: one question for each noun and level, however many rows."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from typing import Any

from django.db.models import ForeignKey

LEVELS = 2  # what is named, and what that names: so much do rules ask of


def lay_at_hand(rows: Sequence[Any]) -> None:
    """Give the rows what they name, and so on; of what stands above it in its own noun, all.

    A row that is named by many is one object, so nothing of it may be changed.
    """
    known: dict[Any, dict[Any, Any]] = defaultdict(dict)
    layer = list(rows)
    for level in count(1):
        found = [row for model, keys in _wanted(layer, level, known) for row in _fetch(model, keys)]
        for row in found:
            known[type(row)][row.pk] = row
        for row in layer:
            _give(row, known)
        if not found:
            return
        layer = found


def _wanted(layer: Sequence[Any], level: int, known: Any) -> Iterator[tuple[Any, set[Any]]]:
    wanted: dict[Any, set[Any]] = defaultdict(set)
    for row in layer:
        for field in _references(row.__class__):
            if level <= LEVELS or field.related_model is type(row):
                wanted[field.related_model].add(getattr(row, field.attname))
    for model, keys in wanted.items():
        yield model, keys - known[model].keys() - {None}


def _fetch(model: Any, keys: set[Any]) -> Sequence[Any]:
    return list(model._base_manager.in_bulk(keys).values()) if keys else []  # noqa: SLF001


def _give(row: Any, known: Any) -> None:
    for field in _references(row.__class__):
        named = known[field.related_model].get(getattr(row, field.attname))
        if named is not None:
            field.set_cached_value(row, named)


@cache
def _references(model: Any) -> Sequence[Any]:
    return [it for it in model._meta.concrete_fields if isinstance(it, ForeignKey)]  # noqa: SLF001
