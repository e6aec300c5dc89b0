"""Five thousand mails, a real server, real workers, and ten of them killed in the midst.

The kills come when they hurt most: when the server has read a mail and not yet taken it, when it has
taken it and not yet said so, and at any other time. Who is killed is whoever is talking then.
"""

from collections import Counter
from datetime import timedelta
from itertools import count, cycle

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tillit.kit.background.queue import find_lost
from tillit.kit.background.tests.processes import tillit, wait_until
from tillit.post.delivery import tell_uncertain
from tillit.post.models import Message, State
from tillit.post.outbox import Addressee, Mailing, keep, prepared
from tillit.post.tasks import deliver
from tillit.post.tests.servers import sink

MAILS, KILLS, WORKERS = 5000, 10, 2
PATIENCE = 240  # seconds for any one step, on the slowest machine
EVERY = MAILS // (KILLS + 1)
TRAPS = dict(zip(range(EVERY, MAILS, EVERY), cycle(["after", "before", "whenever"]), strict=False))


class Crew:
    """The workers, by the name with which each greets the server."""

    def __init__(self, port):
        self.port, self.names, self.processes = port, map(str, count(1)), {}

    def hire(self):
        name = f"worker{next(self.names)}.example.org"
        self.processes[name] = tillit(
            "worker",
            TILLIT_MAIL_URL=f"smtp+plain://127.0.0.1:{self.port}",
            TILLIT_MAIL_FROM=f"hej@{name}",
        )
        deliver.enqueue()

    def kill(self, name):
        victim = self.processes.pop(name)
        victim.kill()
        victim.wait()

    def dismiss(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait()


def let_time_pass():
    """What was taken and never told of is uncertain, and the tasks of the dead are found."""
    much_later = timezone.now() + timedelta(days=1)
    tell_uncertain(much_later)
    find_lost(much_later)
    assert not DBTaskResult.objects.running().exists()


@pytest.mark.django_db(transaction=True)
def test_every_mail_comes_once_or_is_shown_as_uncertain():
    receivers = [Addressee(f"{number}@example.org", f"Nr {number}") for number in range(MAILS)]
    keep(prepared(Mailing("post/mail/test.md", "test", about="letter:kill"), receivers))

    with sink(dict(list(TRAPS.items())[:KILLS])) as server:
        crew = Crew(server.port)
        try:
            for _worker in range(WORKERS):
                crew.hire()
            for _kill in range(KILLS):
                crew.kill(server.caught.get(timeout=PATIENCE))
                crew.hire()
            wait_until(lambda: not Message.objects.waiting().exists(), PATIENCE)
            taken = Message.objects.filter(state=State.TAKEN)
            wait_until(lambda: taken.count() <= KILLS, PATIENCE)
        finally:
            crew.dismiss()
    let_time_pass()

    states = Counter(Message.objects.values_list("state", flat=True))
    assert states.keys() == {State.SENT, State.UNCERTAIN}
    assert states.total() == MAILS
    assert states[State.UNCERTAIN] <= KILLS
    names = set(Message.objects.values_list("message_id", flat=True))
    in_doubt = Message.objects.filter(state=State.UNCERTAIN)
    uncertain = set(in_doubt.values_list("message_id", flat=True))
    came = Counter({name: times for (name, _to), times in server.came.items()})
    missing, doubled = names - came.keys(), {name for name, times in came.items() if times > 1}
    assert came.keys() <= names
    assert missing | doubled <= uncertain
    # Those in the server's hands when their worker was killed; some of them came and some did not.
    assert server.trapped["before"] | server.trapped["after"] <= uncertain
    assert missing >= server.trapped["before"]
    assert not missing & server.trapped["after"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_end_leaves_nothing_in_doubt():
    receivers = [Addressee(f"{number}@example.org") for number in range(200)]
    keep(prepared(Mailing("post/mail/test.md", "test", about="letter:end"), receivers))
    with sink(pause=0.05) as server:
        crew = Crew(server.port)
        crew.hire()
        wait_until(lambda: server.came.total() >= 10, PATIENCE)
        crew.dismiss()
    states = Counter(Message.objects.values_list("state", flat=True))
    assert states.keys() == {State.SENT, State.WAITING}
    assert states[State.SENT] == server.came.total()
    # What is left waits for another worker, and there is a task for it.
    assert DBTaskResult.objects.ready().count() == 1
