"""Keeps the processes of an installation running: starts anew one that dies, and stops all together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import structlog

log = structlog.get_logger("tillit.background")

LOOK = 0.2  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
# Who lives longer than this is well again: the next pause is the first one.
WELL_AFTER = 60.0
GRACE = 30.0  # seconds to finish what one is at
END_WITH_PARENT = 1  # Linux: PR_SET_PDEATHSIG


@dataclass
class Child:
    """One process to be kept running. It heads a group of its own, so that its children go with it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = FIRST_PAUSE
    start_at: float = 0.0

    def start(self, now: float) -> None:
        self.process = subprocess.Popen(  # noqa: S603 (our own words)
            self.command,
            process_group=0,
            stdin=subprocess.DEVNULL,
            preexec_fn=partial(end_with_parent, os.getpid()),  # noqa: PLW1509 (no threads here)
        )
        self.started_at = now

    def look(self, now: float) -> None:
        """Notice that it died, or start it when its pause is over."""
        if self.process is None:
            if now >= self.start_at:
                self.start(now)
        elif self.process.poll() is not None:
            self.died(self.process.returncode, now)

    def died(self, code: int, now: float) -> None:
        self.signal_all(signal.SIGKILL)  # what it started must not live on
        self.process = None
        if now - self.started_at > WELL_AFTER:
            self.pause = FIRST_PAUSE
        self.start_at = now + self.pause
        log.error("process died", name=self.name, code=code, again_in=self.pause)
        self.pause = min(self.pause * 2, LONGEST_PAUSE)

    def signal_all(self, number: signal.Signals) -> None:
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None


def end_with_parent(parent: int) -> None:
    """Have the kernel end this process if the supervisor is killed without a word."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(END_WITH_PARENT, signal.SIGTERM)
    if os.getppid() != parent:  # it died before we had said so
        os._exit(1)


@dataclass
class Supervisor:
    children: Sequence[Child]
    sleep: Callable[[float], None] = time.sleep
    stopping: bool = field(default=False, init=False)

    def run(self) -> None:
        """Until a signal says to stop; nothing is left running then."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        try:
            while not self.stopping:
                for child in self.children:
                    child.look(time.monotonic())
                self.sleep(LOOK)
        finally:
            self.end_all()

    def stop(self, *_signal: object) -> None:
        self.stopping = True

    def end_all(self) -> None:
        """Ask, wait, and insist."""
        for child in self.children:
            child.signal_all(signal.SIGTERM)
        until = time.monotonic() + GRACE
        while any(child.runs for child in self.children) and time.monotonic() < until:
            self.sleep(LOOK)
        for child in self.children:
            child.signal_all(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
