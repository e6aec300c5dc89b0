"""What privacy does in the background. Tasks carry the names of retentions, and nobody's."""

from django.db import connection
from django_tasks import task

from tillit.kit.background.retry import retried
from tillit.kit.contributions import retentions
from tillit.kit.days import today
from tillit.privacy import retaining


@task()
@retried()
def erase_old() -> None:
    """A task for each retention, so that one that fails stops no other; at last the file is tidied."""
    for it in retentions():
        erase_old_of.enqueue(it.name)
    tidy.enqueue()


@task()
@retried()
def erase_old_of(name: str) -> None:
    retaining.run(name, today())


@task()
def tidy() -> None:
    """Have SQLite write its file anew, so that nothing erased is left between the rows.

    PostgreSQL does it by itself in time (autovacuum).
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
