"""What a copy holds: every row of every table, but for what would be wrong anywhere else."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

# Sessions end, since a copy that is stolen must sign nobody in. A code from the terminal is for that
# terminal. Which tables and permissions there are is made by the migrations, and who is alive shows.
# The index is made anew from the rows.
LEFT_OUT = {
    "sessions.session",
    "site.firstcode",
    "background.heartbeat",
    "contenttypes.contenttype",
    "auth.permission",
    "search.entry",
}


@cache
def tables() -> tuple[type[models.Model], ...]:
    models_ = apps.get_models(include_auto_created=True)
    return tuple(it for it in models_ if it._meta.managed and label(it) not in LEFT_OUT)  # noqa: SLF001


def label(model: type[models.Model]) -> str:
    return model._meta.label_lower  # noqa: SLF001


def table_named(name: str) -> type[models.Model] | None:
    return next((it for it in tables() if label(it) == name), None)


def columns(model: type[models.Model]) -> list[Any]:
    return list(model._meta.concrete_fields)  # noqa: SLF001


def migrations() -> list[str]:
    """What has been done to the tables, so that both sides mean the same by them."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def clear() -> None:
    """Take away what an installation that has just begun has by itself."""
    with connection.cursor() as cursor:
        for model in tables():
            name = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 (a table of ours)


def counted() -> Iterator[type[models.Model]]:
    """The tables whose rows are numbered by the database."""
    return (it for it in tables() if isinstance(it._meta.pk, models.AutoField))  # noqa: SLF001
