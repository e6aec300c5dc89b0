"""`tillit serve` keeps its processes running, and leaves none behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tillit.kit.background.supervisor import FIRST_PAUSE, LONGEST_PAUSE, WELL_AFTER, Child
from tillit.kit.demo import begin_demo, is_demo
from tillit.kit.management.commands.serve import children_of

PATIENCE = 20

# A process that tells its number and sleeps, and one that has a child of its own.
SLEEPER = "import os,sys,time; open(sys.argv[1],'a').write(f'{os.getpid()} '); time.sleep(60)"
PARENT = (
    "import os,subprocess,sys; open(sys.argv[1],'a').write(f'{os.getpid()} ');"
    f"subprocess.run([sys.executable,'-c',{SLEEPER!r},sys.argv[1]])"
)
SUPERVISOR = """
import sys
from tillit.kit.background.supervisor import Child, Supervisor
children = [Child(str(n), [sys.executable, "-c", code, sys.argv[1]]) for n, code in enumerate(sys.argv[2:])]
Supervisor(children).run()
"""


def wait_until(true):
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, "too slow"
        time.sleep(0.05)


def numbers(file):
    return [int(it) for it in file.read_text().split()] if file.exists() else []


def lives(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{number}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def file(tmp_path):
    yield tmp_path / "told"
    for number in numbers(tmp_path / "told"):
        if lives(number):
            os.kill(number, signal.SIGKILL)


def supervise(file, *codes):
    command = [sys.executable, "-c", SUPERVISOR, str(file), *codes]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_stops_all_and_their_children(file, number):
    supervisor = supervise(file, SLEEPER, PARENT)
    wait_until(lambda: len(numbers(file)) == 3)
    supervisor.send_signal(number)
    assert supervisor.wait(PATIENCE) == 0
    assert not [it for it in numbers(file) if lives(it)]


def test_one_that_dies_is_started_anew_and_its_children_die_with_it(file):
    supervisor = supervise(file, PARENT)
    wait_until(lambda: len(numbers(file)) == 2)
    parent, child = numbers(file)
    os.kill(parent, signal.SIGKILL)
    wait_until(lambda: len(numbers(file)) == 4)
    assert not lives(child)
    supervisor.terminate()
    supervisor.wait(PATIENCE)
    assert not [it for it in numbers(file) if lives(it)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_supervisor_that_is_killed_leaves_nobody_behind(file):
    supervisor = supervise(file, SLEEPER, SLEEPER)
    wait_until(lambda: len(numbers(file)) == 2)
    supervisor.kill()
    supervisor.wait()
    wait_until(lambda: not [it for it in numbers(file) if lives(it)])


def test_the_pause_before_a_new_start_grows_and_is_short_again_after_a_good_while():
    child, now, pauses = Child("x", [sys.executable, "-c", "pass"]), 0.0, []
    for _death in range(9):
        child.start(now)
        child.process.wait()
        child.look(now)
        pauses.append(child.start_at - now)
        child.look(child.start_at - 0.01)  # not before its time
        assert child.process is None
        now = child.start_at
    assert pauses[:3] == [FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE
    child.start(now)
    child.process.wait()
    child.look(now + WELL_AFTER + 1)
    assert child.start_at == now + WELL_AFTER + 1 + FIRST_PAUSE


@pytest.mark.django_db
def test_serve_has_a_web_server_workers_and_a_clock(settings):
    settings.TASK_WORKERS = 3
    assert [len(children_of(part, "::1")) for part in ("web", "worker", "clock")] == [1, 3, 1]


@pytest.mark.django_db
def test_a_demo_is_served_only_where_one_was_begun(settings):
    assert not is_demo()
    settings.TILLIT_DEMO = True
    assert not is_demo()
    begin_demo()
    begin_demo()
    assert is_demo()
    settings.TILLIT_DEMO = False
    assert not is_demo()


def test_a_port_that_is_taken_is_told_at_once(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        settings.PORT = taken.getsockname()[1]
        with pytest.raises(CommandError, match=str(settings.PORT)):
            call_command("serve")
