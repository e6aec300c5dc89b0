"""Five thousand mails, a real server, real workers, and one of them killed ten times in the midst."""

import os
import signal
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tillit.kit.background.queue import find_lost
from tillit.kit.background.tests.processes import tillit, wait_until
from tillit.post.delivery import tell_uncertain
from tillit.post.models import Message, State
from tillit.post.outbox import Addressee, Mailing, write_all
from tillit.post.tasks import deliver
from tillit.post.tests.servers import sink

MAILS, KILLS, WORKERS = 5000, 10, 2
PATIENCE = 240  # seconds, on the slowest machine


def worker(port):
    mail = {
        "TILLIT_MAIL_URL": f"smtp+plain://127.0.0.1:{port}",
        "TILLIT_MAIL_FROM": "hej@example.org",
    }
    return tillit("worker", **mail)


@pytest.mark.django_db(transaction=True)
def test_every_mail_comes_once_or_is_shown_as_uncertain():
    receivers = [
        Addressee(f"{number}@example.org", f"Mottagare {number}") for number in range(MAILS)
    ]
    assert write_all(Mailing("post/mail/test.md", "test", about="letter:kill"), receivers) == MAILS
    names = dict(Message.objects.values_list("message_id", "state"))

    with sink() as server:
        workers = [worker(server.port) for _number in range(WORKERS)]
        try:
            for kill in range(1, KILLS + 1):
                deliver.enqueue()
                so_many = kill * MAILS // (KILLS + 1)
                wait_until(lambda so_many=so_many: len(server.came) >= so_many, PATIENCE)
                victim = workers.pop(0)
                os.kill(victim.pid, signal.SIGKILL)
                victim.wait()
                workers.append(worker(server.port))
            deliver.enqueue()
            wait_until(lambda: not Message.objects.waiting().exists(), PATIENCE)
            wait_until(lambda: Message.objects.filter(state=State.TAKEN).count() <= KILLS, PATIENCE)
        finally:
            for it in workers:
                it.terminate()
            for it in workers:
                it.wait()

    # Time passes: what was taken and never told of is uncertain, and the tasks of the dead are found.
    much_later = timezone.now() + timedelta(days=1)
    tell_uncertain(much_later)
    find_lost(much_later)
    assert not DBTaskResult.objects.running().exists()

    states = Counter(Message.objects.values_list("state", flat=True))
    assert states.keys() <= {State.SENT, State.UNCERTAIN}
    assert states.total() == MAILS
    assert states[State.UNCERTAIN] <= KILLS
    uncertain = set(
        Message.objects.filter(state=State.UNCERTAIN).values_list("message_id", flat=True)
    )
    came = Counter({name: count for (name, _to), count in server.came.items()})
    missing = names.keys() - came.keys()
    doubled = {name for name, count in came.items() if count > 1}
    assert came.keys() <= names.keys()
    assert missing | doubled <= uncertain
