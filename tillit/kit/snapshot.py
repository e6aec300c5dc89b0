"""Reading everything as it was at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """What is read within is of one moment. Nobody who writes waits for it.

    Within a transaction that somebody else has begun it is of that one's moments.
    """
    if connection.in_atomic_block:
        yield
        return
    with _deferred(), transaction.atomic():
        _begin()
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    """SQLite's transactions let nobody else write from their beginning, but not one that only reads."""
    if connection.vendor != "sqlite":
        yield
        return
    sqlite: Any = connection
    sqlite.ensure_connection()
    usual, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = usual


def _begin() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT count(*) FROM django_migrations")  # the moment is that of this
