"""Rows that change circle take with them what is told of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from tillit.kit.loading.resolving import chunks
from tillit.kit.models import Activity, Citation, Row, Verb
from tillit.kit.search import index

Circles = tuple[str, str]


def guard(row: Any) -> None:
    """Set the circle that the row must have, where its noun has a rule for it."""
    if hasattr(row, "guard"):
        row.guard()


def guard_anew(rows: Iterable[Any]) -> int:
    """Move stored rows to the circles that they must have now. How many moved."""
    moved = [row for row in rows if _moves(row)]
    for row in moved:
        row.save(update_fields=_columns(row.__class__))
    follow(moved)
    for row in moved:
        row.take_along()
    return len(moved)


def _moves(row: Any) -> bool:
    before = circles_of(row)
    guard(row)
    return circles_of(row) != before


def circles_of(row: Any) -> list[str]:
    return [getattr(row, name) for name in _columns(row.__class__)]


@cache
def _columns(model: Any) -> list[str]:
    """The columns that say who reads a row."""
    names = (field.name for field in model._meta.concrete_fields)  # noqa: SLF001
    return [name for name in names if name in {"circle", "also"} or name.endswith("_circle")]


def hide_gone(nouns: Collection[str], owner: str, key: str, circle: str) -> None:
    """Move the activity of rows that are no more to the circle of their owner.

    What they said stands in the activity of their removal, the owner's key with it.
    """
    removals = Activity.objects.filter(verb=Verb.REMOVED, **{f"changes__{owner}__0": key})
    subjects = removals.values_list("subject", flat=True).distinct()
    for chunk in chunks(subject for subject in subjects if subject.partition(":")[0] in nouns):
        Activity.objects.filter(subject__in=chunk).update(circle=circle, also="")


def follow(moved: Iterable[Row], *, with_activity: bool = True) -> None:
    """Move with the rows their citations and activity, and what is found of them."""
    moved = list(moved)
    cited: dict[str, list[str]] = defaultdict(list)
    told: dict[Circles, list[str]] = defaultdict(list)
    for row in moved:
        cited[row.circle].append(row.subject)
        told[row.told_to].append(row.subject)
    for circle, subjects in cited.items():
        for chunk in chunks(subjects):
            Citation.objects.filter(subject__in=chunk).update(circle=circle)
    for (circle, also), subjects in told.items() if with_activity else ():
        for chunk in chunks(subjects):
            Activity.objects.filter(subject__in=chunk).update(circle=circle, also=also)
    index.follow(moved)
