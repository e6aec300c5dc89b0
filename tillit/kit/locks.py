"""One at a time, on both databases, for work whose rules span rows that it has not written yet."""

from zlib import crc32

from django.db import connection


def one_at_a_time(what: str) -> None:
    """Wait until nobody else does this; held until the end of the transaction.

    SQLite's immediate transactions let one writer in at a time as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(what.encode())])
