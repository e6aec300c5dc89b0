"""How much memory a process holds, in MB, as Linux tells it."""

import re
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

STATUS = "/proc/{}/status"
EVERY = 0.02  # seconds between two looks at it


def held(pid: int | str = "self", what: str = "RssAnon") -> float | None:
    """RssAnon: its own now; VmHWM: its peak with mapped files. None where the system doesn't tell."""
    try:
        text = Path(STATUS.format(pid)).read_text()
    except OSError:
        return None
    found = re.search(rf"^{what}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else None


def children(pid: int) -> list[int]:
    try:
        return [
            int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        ]
    except OSError:
        return []


class Peak:
    """The most memory of its own that this process holds while something is done, and the growth."""

    def __enter__(self) -> Self:
        self.before = self.most = held() or 0.0
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        self.most = max(self.most, held() or 0.0)

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self.most = max(self.most, held() or 0.0)

    @property
    def growth(self) -> float:
        return self.most - self.before
