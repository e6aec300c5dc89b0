"""How much memory a process holds, in MB, as Linux tells it."""

import re
from pathlib import Path

STATUS = "/proc/{}/status"


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
