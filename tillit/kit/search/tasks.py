"""What keeps the index right, should a row have been written past it."""

import logging

from django_tasks import task

from tillit.kit.search.index import reindex

log = logging.getLogger(__name__)


@task()
def mend() -> None:
    """Make it as the rows are, a part at a time, and tell the log if anything was wrong."""
    for kind, mended in reindex():
        if mended:
            log.warning("The index of %s was wrong in %s entries.", kind.noun, mended)
