"""A worker: takes tasks one by one and does them."""

import secrets
from types import FrameType
from typing import Any, cast

import structlog
from django.utils import timezone
from django_tasks import TaskContext
from django_tasks.base import TaskResult
from django_tasks_db.management.commands import db_worker

from tillit.kit.background.ending import end
from tillit.kit.background.pulse import Pulse
from tillit.kit.background.queue import Row, end_badly, end_well

INTERVAL = 1.0  # seconds between looks when there is nothing to do


class Worker(db_worker.Worker):
    """django-tasks-db's, with our own account of how a task ended."""

    def __init__(self, *, batch: bool = False, interval: float = INTERVAL) -> None:
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=not batch,
            max_tasks=None,
            worker_id=secrets.token_hex(8),
            excluded_queue_names=[],
        )

    def run(self) -> None:
        with Pulse(self.worker_id, "worker"):
            super().run()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        end()
        super().shutdown(signum, frame)

    def run_task(self, db_task_result: Row) -> None:
        self.running_task = True
        path = db_task_result.task_path
        try:
            with structlog.contextvars.bound_contextvars(task=path, task_id=str(db_task_result.pk)):
                call(db_task_result)
                end_well(db_task_result, timezone.now())
        except BaseException as error:  # noqa: BLE001 (a task that exits is a task that failed)
            end_badly(db_task_result, error, timezone.now())
        finally:
            self.running_task = False
            self._run_tasks += 1


def call(row: Row) -> None:
    task, result = row.task, cast("TaskResult[Any]", row.task_result)
    if task.takes_context:
        task.call(TaskContext(task_result=result), *result.args, **result.kwargs)
    else:
        task.call(*result.args, **result.kwargs)


def do_waiting_tasks() -> None:
    """All tasks that could begin now, here and at once: for tests and scripts."""
    Worker(batch=True, interval=0).run()
