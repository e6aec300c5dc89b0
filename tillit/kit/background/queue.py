"""What waits, what failed, how each ended. Never what a task was given: that may be a person."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from tillit.kit.background.models import Heartbeat
from tillit.kit.background.models.heartbeat import DEAD_AFTER
from tillit.kit.background.retry import pauses_of

log = structlog.get_logger("tillit.background")
UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
Row = DBTaskResult[Any, Any]


class WorkerLostError(Exception):
    """The process that ran the task is gone, and nobody knows how far it came."""


@dataclass(frozen=True)
class Failed:
    """A task that failed, as a page shows it."""

    id: UUID
    path: str
    fault: str
    at: datetime
    attempts: int


def enqueue_once(task: Task[[], Any]) -> None:
    """Enqueue a task without arguments, unless one already waits to begin."""
    waits = DBTaskResult.objects.ready().filter(task_path=task.module_path)
    if not waits.exists():
        task.enqueue()


def function_of(row: Row) -> Callable[..., Any] | None:
    """What the task calls, or nothing if the code no longer has it."""
    try:
        found = import_string(row.task_path)
    except ImportError:
        return None
    return found.func if isinstance(found, Task) else None


def end_badly(row: Row, error: BaseException, now: datetime) -> None:
    """Have it tried again after a pause, or say that it failed.

    Kept are the kind of error and the lines of code, not its words: they may hold a person's name.
    """
    function, attempt = function_of(row), len(row.worker_ids)
    pauses = pauses_of(function) if function else ()
    again = attempt <= len(pauses)
    kind = type(error)
    count = DBTaskResult.objects.filter(
        pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at
    ).update(
        status=TaskResultStatus.READY if again else TaskResultStatus.FAILED,
        run_after=now + timedelta(seconds=pauses[attempt - 1]) if again else row.run_after,
        finished_at=now,
        exception_class_path=f"{kind.__module__}.{kind.__qualname__}",
        traceback="".join(traceback.format_tb(error.__traceback__)),
    )
    if count:
        told = log.warning if again else log.error
        told("task failed", task=row.task_path, fault=kind.__name__, attempt=attempt, again=again)


def end_well(row: Row, now: datetime) -> None:
    DBTaskResult.objects.filter(
        pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at
    ).update(
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=now,
        exception_class_path="",
        traceback="",
    )


def find_lost(now: datetime) -> int:
    """End the tasks whose worker is gone; tells how many."""
    alive = set(Heartbeat.objects.alive(now).values_list("process", flat=True))
    running = DBTaskResult.objects.running().filter(started_at__lt=now - DEAD_AFTER)
    lost = [row for row in running if row.worker_ids[-1] not in alive]
    for row in lost:
        end_badly(row, WorkerLostError(), now)
    return len(lost)


def failed() -> list[Failed]:
    """The tasks that failed for good, the latest first."""
    rows = DBTaskResult.objects.failed().order_by("-finished_at")[:100]
    return [
        Failed(
            row.pk,
            row.task_path,
            row.exception_class_path.rpartition(".")[2],
            row.finished_at or row.enqueued_at,
            len(row.worker_ids),
        )
        for row in rows
    ]


def try_again(key: UUID) -> bool:
    """Have a failed task done anew, at once. False when it is not failed (any more)."""
    found = DBTaskResult.objects.failed().filter(pk=key)
    return bool(
        found.update(status=TaskResultStatus.READY, run_after=get_date_max(), worker_ids=[])
    )


@dataclass(frozen=True)
class Length:
    """How many tasks could begin now, and how many failed and are tried again later."""

    waiting: int
    again: int


def length(now: datetime) -> Length:
    at_once = Q(run_after__lte=now) | Q(run_after=get_date_max())
    found = DBTaskResult.objects.filter(status=TaskResultStatus.READY).aggregate(
        waiting=Count("pk", filter=at_once),
        again=Count("pk", filter=~at_once & ~Q(exception_class_path="")),
    )
    return Length(**found)


def forget(before: datetime) -> int:
    """Remove what ended before then; what failed is kept three times as long."""
    with transaction.atomic():
        well = DBTaskResult.objects.successful().filter(finished_at__lt=before)
        kept = timezone.now() - before
        badly = DBTaskResult.objects.failed().filter(finished_at__lt=before - 2 * kept)
        return well.delete()[0] + badly.delete()[0]
