"""Rows that change circle take with them what is told of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from tillit.kit.loading.resolving import chunks
from tillit.kit.models import Activity, Citation, Row, Verb


def guard(row: Any) -> None:
    """Set the circle that the row must have, where its noun has a rule for it."""
    if hasattr(row, "guard"):
        row.guard()


def guard_anew(rows: Iterable[Any]) -> None:
    """Move stored rows to the circle that they must have now."""
    moved = [row for row in rows if _moves(row)]
    for row in moved:
        row.save(update_fields=["circle"])
    follow(moved)


def _moves(row: Any) -> bool:
    before = row.circle
    guard(row)
    return bool(row.circle != before)


def hide_gone(nouns: Collection[str], owner: str, key: str, circle: str) -> None:
    """Move the activity of rows that are no more to the circle of their owner.

    What they said stands in the activity of their removal, the owner's key with it.
    """
    removals = Activity.objects.filter(verb=Verb.REMOVED, **{f"changes__{owner}__0": key})
    subjects = removals.values_list("subject", flat=True).distinct()
    for chunk in chunks(subject for subject in subjects if subject.partition(":")[0] in nouns):
        Activity.objects.filter(subject__in=chunk).update(circle=circle)


def follow(moved: Iterable[Row]) -> None:
    """Move the citations and the activity of the rows to the rows' circle."""
    subjects: dict[str, list[str]] = defaultdict(list)
    for row in moved:
        subjects[row.circle].append(row.subject)
    for circle, told in subjects.items():
        for chunk in chunks(told):
            Citation.objects.filter(subject__in=chunk).update(circle=circle)
            Activity.objects.filter(subject__in=chunk).update(circle=circle)
