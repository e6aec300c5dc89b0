"""Rows that their owner, which is in the files, no longer has there."""

from collections.abc import Iterator
from typing import Any

from tillit.kit.guarding import guard_anew
from tillit.kit.loading.log import Log
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.resolving import chunks
from tillit.kit.loading.tables import Table
from tillit.kit.loading.wanted import key_of, plain
from tillit.kit.models import Citation, Row, Verb


def remove(table: Table[Any], plan: Plan, log: Log) -> list[Row]:
    """Remove the rows, with their citations; what they said stays in the activity. Gives the rows."""
    owners = [wanted.row.pk for wanted in plan.of(table.models[0]) if not wanted.is_new]
    removed = []
    for model, owner in table.owned.items():
        gone = list(_left_out(model, owner, owners, plan))
        guard_anew(gone)  # the owner may be protected from now on, and so what is told of them
        for row in gone:
            log.add(row, Verb.REMOVED, _last_words(row))
            Citation.objects.filter(subject=row.subject).delete()
            row.delete()
        removed += gone
    return removed


def _left_out(model: type[Row], owner: str, owners: list[int], plan: Plan) -> Iterator[Row]:
    for chunk in chunks(owners):
        for row in model._default_manager.filter(**{f"{owner}__in": chunk}):  # noqa: SLF001
            if row.key not in plan.wanted[model]:
                yield row


def _last_words(row: Row) -> dict[str, list[Any]]:
    """{field: [before, None]} of what the row said."""
    said: dict[str, Any] = {}
    for field in row._meta.fields:  # noqa: SLF001
        if field.editable and not field.primary_key and field.name not in {"key", "circle"}:
            value = getattr(row, field.name)
            said[field.name] = key_of(value) if field.is_relation else plain(value)
    return {name: [value, None] for name, value in said.items() if value not in {None, ""}}
