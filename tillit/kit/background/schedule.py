"""The clock: starts what is due, each time once, however many clocks there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from tillit.kit.background.models import ScheduledRun
from tillit.kit.background.queue import UNFINISHED
from tillit.kit.background.times import Entry


def entries() -> Sequence[Entry]:
    """The schedule of this installation."""
    return cast("Sequence[Entry]", import_module(settings.TILLIT_SCHEDULE).SCHEDULE)


def start_due(now: datetime, schedule: Sequence[Entry] | None = None) -> list[str]:
    """Start what is due now, and tell what it was. What was missed is made up for once."""
    schedule = entries() if schedule is None else schedule
    seen_to = dict(ScheduledRun.objects.values_list("name", "due_at"))
    zone = ZoneInfo(settings.TIME_ZONE)
    started = []
    for entry in schedule:
        due = entry.when.latest(now, zone)
        if entry.name not in seen_to:
            begin(entry, due)
        elif seen_to[entry.name] < due and start(entry, due, now):
            started.append(entry.name)
    return started


def begin(entry: Entry, due: datetime) -> None:
    """A new entry waits for its first time."""
    ScheduledRun.objects.get_or_create(name=entry.name, defaults={"due_at": due})


def start(entry: Entry, due: datetime, now: datetime) -> bool:
    """Start the entry, unless another clock did, the last one still runs, or there is no need."""
    needed = not entry.only_if or import_string(entry.only_if)()
    with transaction.atomic():
        row = ScheduledRun.objects.select_for_update().get(name=entry.name)
        if row.due_at >= due:
            return False
        row.due_at = due
        starts = needed and not is_unfinished(row)
        if starts:
            row.task_id = import_string(entry.task).enqueue().id
            row.started_at = now
        row.save()
    return bool(starts)


def is_unfinished(row: ScheduledRun) -> bool:
    return (
        row.task_id is not None
        and DBTaskResult.objects.filter(pk=row.task_id, status__in=UNFINISHED).exists()
    )


@dataclass(frozen=True)
class Last:
    """An entry of the schedule, and how its last run went (as `TaskResultStatus`)."""

    entry: Entry
    at: datetime | None
    status: str


def last_runs() -> list[Last]:
    task = DBTaskResult.objects.filter(pk=OuterRef("task_id"))
    rows = ScheduledRun.objects.annotate(status=Subquery(task.values("status")))
    runs = {run.name: run for run in rows}
    return [
        Last(entry, run.started_at if run else None, (run.status if run else None) or "")
        for entry in entries()
        for run in [runs.get(entry.name)]
    ]
