"""Looking for what may be the same, at night or when somebody asks for it."""

import structlog
from django_tasks import task

from tillit.duplicates import pairing
from tillit.kit.background.retry import retried
from tillit.kit.days import today

log = structlog.get_logger("tillit.duplicates")


@task()
@retried()
def find(secretariat: int | None = None) -> None:
    """Propose what may be one: to all offices, or to the one that asks, and then all of it."""
    found = pairing.find_all(today(), secretariat)
    log.info("duplicates", weighed=found.weighed, new=found.new, gone=found.gone)
