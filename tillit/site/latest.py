"""What has happened lately, as everybody may read it: for the start page.

Every context is asked, so each process remembers it for a few seconds. What is one's own stands on the
desk.
"""

import time
from datetime import date

from django.utils.translation import get_language

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Moment, timeline_of, until

LASTS = 10  # seconds
MOST = 6
DAYS = 50  # that are remembered at once
memory: dict[tuple[date, str | None], tuple[float, list[Moment]]] = {}


def latest(day: date) -> list[Moment]:
    """By the day, the latest first."""
    now, asked = time.monotonic(), (day, get_language())
    found = memory.get(asked)
    if found is None or now >= found[0]:
        if len(memory) >= DAYS:
            forget()
        found = now + LASTS, until(timeline_of("", Viewer()), day)[:MOST]
        memory[asked] = found
    return found[1]


def forget() -> None:
    memory.clear()
