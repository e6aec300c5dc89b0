"""What happens by itself happens at its time, once, however many clocks there are."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from tillit.kit.background import clock
from tillit.kit.background.clock import Clock
from tillit.kit.background.models import Heartbeat, ScheduledRun
from tillit.kit.background.schedule import entries, last_runs, start_due
from tillit.kit.background.tests.processes import tillit, wait_until
from tillit.kit.background.times import Daily, Entry, Every

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TASK = "tillit.kit.background.tests.tried.fail"
NIGHTLY = Entry("nightly", "At night", TASK, Daily("03:30"))
OFTEN = Entry("often", "Often", TASK, Every(minutes=5))
NOON = datetime(2026, 5, 10, 12, tzinfo=UTC)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def finish_all():
    DBTaskResult.objects.update(status="SUCCESSFUL")


@pytest.mark.parametrize(
    ("when", "now", "latest"),
    [
        (Daily("03:30"), "2026-05-10T03:29", "2026-05-09T03:30"),
        (Daily("03:30"), "2026-05-10T03:30", "2026-05-10T03:30"),
        (Daily("00:00"), "2026-05-10T00:00", "2026-05-10T00:00"),
        (Daily("23:59"), "2026-05-10T00:01", "2026-05-09T23:59"),
        # Summer time leaps over 02:30, which comes at 03:30; winter time has it twice, once counts.
        (Daily("02:30"), "2026-03-29T03:29", "2026-03-28T02:30"),
        (Daily("02:30"), "2026-03-29T03:31", "2026-03-29T03:30"),
        (Daily("02:30"), "2026-10-25T02:45", "2026-10-25T02:30"),
        (Daily("02:30"), "2026-10-25T04:00", "2026-10-25T02:30"),
        (Every(5), "2026-05-10T12:04:59", "2026-05-10T12:00"),
        (Every(5), "2026-05-10T12:05", "2026-05-10T12:05"),
    ],
)
def test_the_last_time_up_to_now(when, now, latest):
    assert when.latest(at(now), STOCKHOLM) == at(latest).astimezone(UTC)


@pytest.mark.django_db
def test_a_new_entry_waits_for_its_first_time():
    assert start_due(NOON, [NIGHTLY, OFTEN]) == []
    assert start_due(NOON + timedelta(minutes=4), [NIGHTLY, OFTEN]) == []
    assert start_due(NOON + timedelta(minutes=5), [NIGHTLY, OFTEN]) == ["often"]
    assert DBTaskResult.objects.get().task_path == TASK


@pytest.mark.django_db
def test_what_was_missed_is_made_up_for_once():
    start_due(NOON, [NIGHTLY, OFTEN])
    later = NOON + timedelta(days=3)
    assert start_due(later, [NIGHTLY, OFTEN]) == ["nightly", "often"]
    finish_all()
    assert start_due(later + timedelta(minutes=1), [NIGHTLY, OFTEN]) == []
    assert start_due(later + timedelta(hours=13), [NIGHTLY]) == []
    assert start_due(later + timedelta(hours=13, minutes=35), [NIGHTLY]) == ["nightly"]


@pytest.mark.django_db
def test_what_still_runs_is_not_started_a_second_time():
    start_due(NOON, [OFTEN])
    assert start_due(NOON + timedelta(minutes=5), [OFTEN]) == ["often"]
    for status in ("READY", "RUNNING"):
        DBTaskResult.objects.update(status=status)
        assert start_due(NOON + timedelta(minutes=10), [OFTEN]) == []
        ScheduledRun.objects.update(due_at=NOON)
    finish_all()
    assert start_due(NOON + timedelta(minutes=15), [OFTEN]) == ["often"]


@pytest.mark.django_db
def test_what_there_is_no_need_for_is_not_started():
    entry = Entry("often", "", TASK, Every(5), only_if="tillit.kit.background.tests.tried.never")
    start_due(NOON, [entry])
    assert start_due(NOON + timedelta(minutes=5), [entry]) == []
    assert ScheduledRun.objects.get().started_at is None


@pytest.mark.django_db(transaction=True)
def test_several_clocks_start_a_thing_once():
    start_due(NOON, [NIGHTLY, OFTEN])
    barrier = threading.Barrier(6)

    def one_clock(_number):
        try:
            barrier.wait(timeout=10)
            return start_due(NOON + timedelta(days=1), [NIGHTLY, OFTEN])
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        started = [name for names in pool.map(one_clock, range(6)) for name in names]
    assert sorted(started) == ["nightly", "often"]
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_several_clocks_may_begin_at_once():
    barrier = threading.Barrier(6)

    def one_clock(_number):
        try:
            barrier.wait(timeout=10)
            return start_due(NOON, [NIGHTLY, OFTEN])
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert [it for it in pool.map(one_clock, range(6)) if it] == []
    assert ScheduledRun.objects.count() == 2


def test_every_entry_of_the_schedule_names_what_is_there():
    names = [entry.name for entry in entries()]
    assert len(names) == len(set(names))
    for entry in entries():
        assert isinstance(import_string(entry.task), Task), entry.name
        assert str(entry.title)
        assert str(entry.when)
        assert not entry.only_if or callable(import_string(entry.only_if))


@pytest.mark.django_db
def test_the_last_run_of_each_entry_is_told():
    now = timezone.now()
    start_due(now - timedelta(days=2))
    start_due(now)
    told = {last.entry.name: last for last in last_runs()}
    assert told.keys() == {entry.name for entry in entries()}
    assert told["forget-tasks"].at == now
    assert told["forget-tasks"].status == "READY"
    assert told["deliver"].at is None  # nothing waited


@pytest.mark.django_db
def test_a_database_that_is_away_stops_no_clock(monkeypatch):
    def away(_now):
        raise DatabaseError

    monkeypatch.setattr(clock, "start_due", away)
    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    Clock().tick()


@pytest.mark.django_db(transaction=True)
def test_a_clock_tells_that_it_lives_and_ends_when_told():
    process = tillit("clock")
    wait_until(Heartbeat.objects.filter(kind="clock").exists, 60)
    wait_until(ScheduledRun.objects.exists, 60)
    process.terminate()
    assert process.wait(30) == 0
    assert not Heartbeat.objects.exists()
