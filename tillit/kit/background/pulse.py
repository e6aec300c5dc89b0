"""Tells that this process is alive, beside whatever it does."""

import threading
from types import TracebackType
from typing import Self

import structlog
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from tillit.kit.background.models import Heartbeat
from tillit.kit.background.models.heartbeat import BEAT

log = structlog.get_logger("tillit.background")


class Pulse:
    """Beats in a thread of its own as long as its `with` lasts."""

    def __init__(self, process: str, kind: str) -> None:
        self.process, self.kind = process, kind
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat_on, daemon=True)

    def __enter__(self) -> Self:
        self.beat()
        self.thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self.thread.join()
        Heartbeat.objects.filter(process=self.process).delete()

    def beat(self) -> None:
        Heartbeat.objects.update_or_create(
            process=self.process, defaults={"kind": self.kind, "seen_at": timezone.now()}
        )

    def _beat_on(self) -> None:
        try:
            while not self.over.wait(BEAT.total_seconds()):
                close_old_connections()
                try:
                    self.beat()
                except DatabaseError as error:
                    log.warning("no heartbeat", fault=type(error).__name__)
        finally:
            connection.close()
