"""Servers come and go while people write: in turn, as at an upgrade, or killed without a word.

Two web processes and two workers on the test's database. Whoever writes asks the other web process
when one takes no calls, as a reverse proxy does, and never sends the same thing twice.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from itertools import count
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.middleware.csrf import CSRF_SESSION_KEY
from faces.server import free_port

from tillit.kit.background.tests.processes import environment, wait_until
from tillit.kit.models import Activity
from tillit.post.models import Message, State
from tillit.post.tests.servers import sink
from tillit.register.actions.inviting import MOST_A_DAY
from tillit.register.models import Contact, Invitation
from tillit.register.tests.acting import leader

KILLS = int(os.environ.get("TILLIT_KILLS", "6"))
WRITERS, WORKERS, ROUNDS = 3, 2, 2
PATIENCE = 90  # seconds for any one step, on the slowest machine
ANSWER = 20  # seconds for one answer
CONTACTS = "/organisationer/foreningen/kontakter/ny/"
INVITATIONS = "/organisationer/foreningen/behorigheter/inbjudan/"


def answered(line: HTTPConnection) -> int:
    """The status of an answer that has come whole."""
    try:
        answer = line.getresponse()
        answer.read()
    finally:
        line.close()
    return answer.status


class Process:
    """A process of Tillit that heads a group of its own, so that all of it can be killed at once."""

    def __init__(self, command: list[str], **more: str) -> None:
        self.running = subprocess.Popen(
            [sys.executable, "-m", *command],
            env=environment(TILLIT_LOG_LEVEL="ERROR", **more),
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.running.pid, how)
        self.running.wait(PATIENCE)


class Web(Process):
    def __init__(self, **more: str) -> None:
        self.port, self.is_in, self.at_work = free_port(), False, 0
        granian = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--no-access-log"]
        port = ["--port", str(self.port), "--blocking-threads", "8", "--log-level", "error"]
        super().__init__([*granian, *port, "tillit.config.wsgi:application"], **more)

    def answers(self) -> bool:
        with suppress(OSError):
            line = HTTPConnection("127.0.0.1", self.port, timeout=5)
            line.request("GET", "/healthz")
            return answered(line) == 200
        return False

    def come_in(self) -> None:
        wait_until(self.answers, PATIENCE)
        self.is_in = True


class House:
    """Those who answer, and what a proxy before them does."""

    def __init__(self, **more: str) -> None:
        self.more = more
        self.webs = [Web(**more) for _each in range(2)]
        for web in self.webs:
            web.come_in()

    def post(self, path: str, said: dict[str, str], cookie: str) -> int | None:
        """The status of the answer; None when nobody knows whether it was heard."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for web in random.sample(self.webs, len(self.webs)):
                if web.is_in and (line := self.connected(web)):
                    return self.sent(web, line, path, said, cookie)
            time.sleep(0.01)
        raise AssertionError("nobody takes calls")

    def connected(self, web: Web) -> HTTPConnection | None:
        line = HTTPConnection("127.0.0.1", web.port, timeout=ANSWER)
        with suppress(OSError):
            line.connect()
            return line
        line.close()
        return None

    def sent(
        self, web: Web, line: HTTPConnection, path: str, said: dict[str, str], cookie: str
    ) -> int | None:
        head = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        web.at_work += 1
        try:
            line.request("POST", path, urlencode(said), head)
            return answered(line)
        except (OSError, HTTPException):
            return None
        finally:
            web.at_work -= 1
            line.close()

    def replace(self, old: Web, how: signal.Signals) -> None:
        """Another comes in before the old one goes; asked to go, it is let finish first."""
        new = Web(**self.more)
        new.come_in()
        if how is signal.SIGTERM:
            old.is_in = False
            time.sleep(0.2)
            wait_until(lambda: old.at_work == 0, PATIENCE)
        old.end(how)
        self.webs[self.webs.index(old)] = new

    def close(self) -> None:
        for web in self.webs:
            web.end(signal.SIGKILL)


class Writers:
    """They write until told to stop; what was answered, and what nobody answered."""

    def __init__(self, house: House, cookie: str, token: str) -> None:
        self.house, self.cookie, self.token = house, cookie, token
        self.numbers, self.over = count(1), threading.Event()
        self.accepted: set[str] = set()
        self.in_doubt: set[str] = set()
        self.refused: dict[str, int] = {}
        self.threads = [threading.Thread(target=self.write) for _each in range(WRITERS)]
        for thread in self.threads:
            thread.start()

    def write(self) -> None:
        while not self.over.is_set():
            number = next(self.numbers)
            email = f"nr{number}@example.org"
            path, said = self.something(number, email)
            status = self.house.post(path, {**said, "csrfmiddlewaretoken": self.token}, self.cookie)
            if status == 302:
                self.accepted.add(email)
            elif status is None:
                self.in_doubt.add(email)
            else:
                self.refused[email] = status
            time.sleep(0.05)

    def something(self, number: int, email: str) -> tuple[str, dict[str, str]]:
        """An address, or every fourth time an invitation with its mail: as many as one may send a day."""
        if number % 4 or number // 4 > MOST_A_DAY:
            return CONTACTS, {"kind": "contact_person", "email": email, "language": "sv"}
        said = {"email": email, "name": f"Nr {number}", "extent": "read", "language": "sv"}
        return INVITATIONS, {**said, "send": "1", "person": ""}

    def stop(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(PATIENCE)


def whole(writers: Writers) -> None:
    """All that was accepted is there, with its activity and its mail; and nothing else but doubts."""
    contacts = dict(Contact.objects.values_list("email", "key"))
    invitations = dict(Invitation.objects.values_list("email", "key"))
    stored = contacts.keys() | invitations.keys()
    assert writers.accepted <= stored
    assert stored <= writers.accepted | writers.in_doubt
    told = {f"contact:{it}" for it in contacts.values()}
    told |= {f"invitation:{it}" for it in invitations.values()}
    noted = Activity.objects.filter(subject__in=told).values_list("subject", flat=True)
    assert sorted(noted) == sorted(told)
    mails = Message.objects.filter(kind="invitation").values_list("to_email", flat=True)
    assert sorted(mails) == sorted(invitations)


@pytest.fixture
def signed_in(cast) -> tuple[str, str]:
    """Mina's cookie, and the token that her forms carry."""
    leader()
    browser = cast.member
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={browser.cookies[name].value}", browser.session[CSRF_SESSION_KEY]


@contextmanager
def writing(signed_in: tuple[str, str], **more: str) -> Iterator[tuple[House, Writers]]:
    house = House(**more)
    try:
        writers = Writers(house, *signed_in)
        try:
            yield house, writers
        finally:
            writers.stop()
    finally:
        house.close()


def wait_for_more(writers: Writers, than: int) -> None:
    wait_until(lambda: len(writers.accepted) > than or writers.refused, PATIENCE)
    assert not writers.refused


@pytest.mark.django_db(transaction=True)
def test_a_rolling_restart_is_noticed_by_nobody(signed_in):
    with sink() as server:
        mail = {
            "TILLIT_MAIL_URL": f"smtp+plain://127.0.0.1:{server.port}",
            "TILLIT_MAIL_FROM": "hej@example.org",
        }
        workers = [Process(["tillit", "worker"], **mail) for _each in range(WORKERS)]
        try:
            with writing(signed_in, **mail) as (house, writers):
                for _round in range(ROUNDS):
                    for place in range(len(house.webs)):
                        wait_for_more(writers, len(writers.accepted) + WRITERS)
                        house.replace(house.webs[place], signal.SIGTERM)
                    for place, worker in enumerate(workers):
                        workers[place] = Process(["tillit", "worker"], **mail)
                        worker.end()
                wait_for_more(writers, len(writers.accepted) + WRITERS)
            waiting: Callable[[], bool] = Message.objects.exclude(state=State.SENT).exists
            wait_until(lambda: not waiting(), PATIENCE)
        finally:
            for worker in workers:
                worker.end()
    assert not writers.in_doubt
    assert not writers.refused
    whole(writers)
    assert server.came.total() == Message.objects.count()
    assert set(server.came.values()) == {1}


@pytest.mark.django_db(transaction=True)
def test_no_kill_loses_what_was_accepted_or_leaves_half_of_it(signed_in):
    """More of them by TILLIT_KILLS=200."""
    chance = random.Random(2010)  # noqa: S311 (any will do, as long as it is the same)
    with writing(signed_in) as (house, writers):
        for _kill in range(KILLS):
            wait_for_more(writers, len(writers.accepted))
            time.sleep(chance.random() / 10)
            house.replace(chance.choice(house.webs), signal.SIGKILL)
    assert not writers.refused
    whole(writers)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
