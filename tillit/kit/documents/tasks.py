"""Documents made by a worker. Arguments are ids only."""

from django.utils import timezone
from django_tasks import task

from tillit.kit.background.retry import retried
from tillit.kit.documents import queue
from tillit.kit.models import MadeDocument


@task()
@retried()
def make(pk: int) -> None:
    """The document that somebody waits for. Begun anew it does no harm."""
    row = MadeDocument.objects.filter(pk=pk, made_at=None, trouble="").first()
    if row is not None:
        queue.carry_out(row, timezone.now())


@task()
def purge() -> None:
    queue.purge(timezone.now())
