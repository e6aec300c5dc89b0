"""When things happen by themselves: the entries that `config/schedule.py` is made of."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as Time  # noqa: N812
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext


@dataclass(frozen=True)
class Every:
    """Each so many minutes, counted from the hour if they divide it."""

    minutes: int

    def latest(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The last of its times up to now."""
        step = self.minutes * 60
        return datetime.fromtimestamp(int(now.timestamp()) // step * step, UTC)

    def __str__(self) -> str:
        return ngettext("every minute", "every %(count)s minutes", self.minutes) % {
            "count": self.minutes
        }


@dataclass(frozen=True)
class Daily:
    """Once a day by the clock on the wall, HH:MM."""

    at: str

    def latest(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The last of its times up to now. A time that summer time leaps over comes an hour later."""
        today = now.astimezone(zone).date()
        times = (
            datetime.combine(today - timedelta(days=days), Time.fromisoformat(self.at), zone)
            for days in (0, 1)
        )
        return next(it for time in times if (it := time.astimezone(UTC)) <= now)

    def __str__(self) -> str:
        return gettext("daily at %(time)s") % {"time": self.at}


@dataclass(frozen=True)
class Entry:
    """One thing that happens by itself. `only_if` names a function that says if there is need."""

    name: str
    title: str | Promise
    task: str
    when: Every | Daily
    only_if: str = ""
