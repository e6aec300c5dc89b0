"""The clock process: looks every few seconds whether something is due, and whether a worker is gone."""

import secrets
import signal
import threading

import structlog
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from tillit.kit.background.pulse import Pulse
from tillit.kit.background.queue import find_lost
from tillit.kit.background.schedule import start_due

log = structlog.get_logger("tillit.background")
LOOK = 5.0  # seconds


class Clock:
    def __init__(self) -> None:
        self.over = threading.Event()

    def run(self) -> None:
        """Until told to stop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self.over.set())
        with Pulse(secrets.token_hex(8), "clock"):
            while not self.over.is_set():
                self.tick()
                self.over.wait(LOOK)

    def tick(self) -> None:
        """One look. A database that is away for a while stops no clock."""
        close_old_connections()
        try:
            find_lost(timezone.now())
            for name in start_due(timezone.now()):
                log.info("started by the clock", name=name)
        except DatabaseError as error:
            log.warning("the clock can't reach the database", fault=type(error).__name__)
