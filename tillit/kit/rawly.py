"""Writing many rows just as they are, with the keys that they have, past what follows on writing."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, models


def insert(rows: Sequence[models.Model]) -> None:
    """Write rows of one model in as few statements as the database takes."""
    if not rows:
        return
    model: Any = type(rows[0])
    columns = model._meta.concrete_fields  # noqa: SLF001
    for part in _parts(rows, columns):
        model._base_manager._insert(part, fields=columns, using=DEFAULT_DB_ALIAS, raw=True)  # noqa: SLF001


def _parts(rows: Sequence[models.Model], columns: Any) -> Iterator[Sequence[models.Model]]:
    size = max(connection.ops.bulk_batch_size(columns, rows), 1)
    for at in range(0, len(rows), size):
        yield rows[at : at + size]


def go_on_counting(written: Sequence[type[models.Model]]) -> None:
    """Let the database give new rows keys that are not taken. SQLite does so by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(written)):
            cursor.execute(statement)
