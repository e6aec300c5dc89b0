"""Rows whose circle follows from that of another are moved with it."""

from collections.abc import Iterable
from typing import Any

from tillit.kit.circles import PUBLIC
from tillit.kit.guarding import follow


def keep_to(rows: Iterable[Any]) -> list[Any]:
    """Have rows the circles that they must have, and be found by those alone. Those that moved.

    What they rest on moves with them. Who wrote what of a draft stays with those who wrote it; what
    is told of a row that is hidden is hidden with it.
    """
    moved = []
    for row in rows:
        before = row.circle
        row.guard()
        if row.circle != before:
            row.save(update_fields=["circle"])
            moved.append(row)
    follow([row for row in moved if row.circle != PUBLIC])
    follow([row for row in moved if row.circle == PUBLIC], with_activity=False)
    return moved


def resting_on(noun: Any) -> list[tuple[Any, str]]:
    """The nouns whose rows take their circle from a row of this one, and by which column."""
    return [
        (relation.related_model, relation.field.name)
        for relation in noun._meta.related_objects  # noqa: SLF001
        if relation.field.name == noun.noun and hasattr(relation.related_model, "guard")
    ]
