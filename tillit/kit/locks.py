"""One at a time, on both databases, for work whose rules span rows that it has not written yet."""

from collections.abc import Sequence
from zlib import crc32

from django.db import connection

FEW = 100  # locks of a transaction, of the few thousand that the database has for all


def one_at_a_time(what: str) -> None:
    """Wait until nobody else does this; held until the end of the transaction.

    SQLite's immediate transactions let one writer in at a time as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(what.encode())])


def each_at_a_time(area: str, names: Sequence[str]) -> None:
    """Wait until nobody else does something with any of these; of very many, with anything there."""
    if connection.vendor != "postgresql":
        return
    whole = crc32(area.encode())
    with connection.cursor() as cursor:
        if len(names) > FEW:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [whole])
            return
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [whole])
        for number in sorted({crc32(f"{area} {name}".encode()) for name in names}):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
