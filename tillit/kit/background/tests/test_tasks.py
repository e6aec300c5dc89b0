"""Tasks are rows: done in their order, tried again when they fail, and never lost without a word."""

import signal
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tillit.kit.background import queue
from tillit.kit.background.models import Heartbeat, Mark
from tillit.kit.background.models.heartbeat import DEAD_AFTER
from tillit.kit.background.tasks import KEPT, forget
from tillit.kit.background.tests import tried
from tillit.kit.background.tests.processes import tillit
from tillit.kit.background.worker import do_waiting_tasks

pytestmark = pytest.mark.django_db(transaction=True)


def the_row():
    return DBTaskResult.objects.get()


def pass_time(**by):
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now() - timedelta(**by))


def test_what_is_asked_for_is_a_row_and_nothing_is_done_behind_ones_back():
    tried.mark.enqueue("a")
    assert not Mark.objects.exists()
    assert queue.length(timezone.now()).waiting == 1
    do_waiting_tasks()
    assert Mark.objects.get().name == "a"
    assert queue.length(timezone.now()).waiting == 0
    assert the_row().status == "SUCCESSFUL"
    assert not Heartbeat.objects.exists()  # the worker said good-bye


def test_what_is_rolled_back_is_not_asked_for():
    with transaction.atomic():
        tried.mark.enqueue("a")
        transaction.set_rollback(True)
    assert queue.length(timezone.now()).waiting == 0


def test_a_task_that_fails_says_which_and_when_and_nothing_of_persons(caplog):
    tried.fail.enqueue()
    do_waiting_tasks()
    (failed,) = queue.failed()
    assert (failed.path.rpartition(".")[2], failed.fault, failed.attempts) == (
        "fail",
        "ValueError",
        1,
    )
    assert timezone.now() - failed.at < timedelta(minutes=1)
    row = the_row()
    assert "Mina" not in row.traceback
    assert "tried.py" in row.traceback
    assert "Mina" not in caplog.text
    assert "ValueError" in caplog.text


def test_a_retried_task_is_tried_again_with_growing_pauses_and_then_stays_failed():
    tried.fail_thrice.enqueue()
    for pause in (60, 300):
        do_waiting_tasks()
        assert queue.failed() == []
        assert queue.length(timezone.now()).again == 1
        row = the_row()
        assert row.status == "READY"
        assert (row.run_after - timezone.now()).total_seconds() == pytest.approx(pause, abs=5)
        do_waiting_tasks()  # not before its time
        assert len(the_row().worker_ids) == len(row.worker_ids)
        pass_time(seconds=1)
    do_waiting_tasks()
    (failed,) = queue.failed()
    assert (failed.fault, failed.attempts) == ("LookupError", 3)


def test_a_failed_task_can_be_tried_again_once():
    tried.fail.enqueue()
    do_waiting_tasks()
    (failed,) = queue.failed()
    assert queue.try_again(failed.id)
    assert not queue.try_again(failed.id)
    assert queue.failed() == []
    assert queue.length(timezone.now()).waiting == 1
    do_waiting_tasks()
    assert len(queue.failed()) == 1


def test_a_task_whose_code_is_gone_fails_and_is_told():
    tried.fail.enqueue()
    DBTaskResult.objects.update(task_path="tillit.kit.background.tests.tried.gone")
    do_waiting_tasks()
    (failed,) = queue.failed()
    assert (failed.path.rpartition(".")[2], failed.fault) == ("gone", "ImportError")


def test_a_task_knows_which_attempt_it_is(tmp_path):
    tried.count_attempts.enqueue(str(tmp_path / "told"))
    do_waiting_tasks()
    assert (tmp_path / "told").read_text() == "1"


def test_the_same_task_waits_once():
    for _time in range(3):
        queue.enqueue_once(tried.fail)
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(status="RUNNING")
    queue.enqueue_once(tried.fail)  # the one that runs may have looked already
    assert DBTaskResult.objects.count() == 2


def test_a_worker_that_is_killed_leaves_its_task_to_be_told():
    tried.die.enqueue()
    process = tillit("worker", "--batch")
    assert process.wait(60) == -signal.SIGKILL
    assert the_row().status == "RUNNING"
    assert queue.find_lost(timezone.now()) == 0  # it might still live
    assert queue.find_lost(timezone.now() + DEAD_AFTER) == 1
    (failed,) = queue.failed()
    assert (failed.path.rpartition(".")[2], failed.fault) == ("die", "WorkerLostError")


def running(task, worker, started):
    task.enqueue()
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[worker], started_at=started)


@pytest.mark.parametrize(("task", "status"), [(tried.fail, "FAILED"), (tried.fail_thrice, "READY")])
def test_a_task_whose_worker_is_gone_is_told(task, status):
    now = timezone.now()
    running(task, "gone", now - timedelta(minutes=5))
    Heartbeat.objects.create(process="gone", kind="worker", seen_at=now - timedelta(minutes=4))
    assert queue.find_lost(now) == 1
    assert the_row().status == status
    assert the_row().exception_class_path.endswith("WorkerLostError")
    assert queue.find_lost(now) == 0


def test_a_task_whose_worker_lives_goes_on_however_long_it_takes():
    now = timezone.now()
    running(tried.fail, "busy", now - timedelta(hours=5))
    Heartbeat.objects.create(process="busy", kind="worker", seen_at=now - timedelta(seconds=20))
    assert queue.find_lost(now) == 0
    assert the_row().status == "RUNNING"


def test_a_worker_that_was_given_up_does_not_overwrite_what_came_after():
    now = timezone.now()
    running(tried.fail_thrice, "gone", now - timedelta(minutes=5))
    slow = the_row()
    queue.find_lost(now)
    queue.end_well(slow, now)
    assert the_row().status == "READY"


def test_old_tasks_are_forgotten_and_failed_ones_later():
    now = timezone.now()
    for days, status in [
        (6, "SUCCESSFUL"),
        (8, "SUCCESSFUL"),
        (20, "FAILED"),
        (22, "FAILED"),
        (99, "READY"),
    ]:
        tried.fail.enqueue()
        DBTaskResult.objects.filter(finished_at=None, status="READY").update(
            status=status, finished_at=now - timedelta(days=days)
        )
    Heartbeat.objects.create(process="old", kind="worker", seen_at=now - 2 * KEPT)
    forget.call()
    ages = sorted(
        (now - it).days for it in DBTaskResult.objects.values_list("finished_at", flat=True)
    )
    assert ages == [6, 20, 99]
    assert not Heartbeat.objects.exists()
