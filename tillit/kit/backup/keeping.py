"""Copies in a folder: there under their name when they are whole, and fewer as they grow old."""

import os
import re
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from tillit.kit.backup.making import packed
from tillit.kit.backup.sealing import seal

DAYS, WEEKS, MONTHS = 7, 5, 6
NAME = re.compile(r"tillit-(\d{4}-\d{2}-\d{2}T\d{6})Z\.age", re.ASCII)
STAMP = "%Y-%m-%dT%H%M%S"
PARTIAL = ".partial"
ABANDONED = timedelta(days=1)


def make(folder: Path, key: str, now: datetime) -> Path:
    """A new copy. It has its name only when all of it is on the disk."""
    path = folder / f"tillit-{now.strftime(STAMP)}Z.age"
    partial = path.with_name(f".{path.name}{PARTIAL}")
    try:
        with os.fdopen(
            os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb"
        ) as file:
            seal(packed(now), file, key)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return path


def copies(folder: Path) -> dict[Path, datetime]:
    """The copies that there are, and when each was made; the latest first."""
    found = {
        path: datetime.strptime(match[1], STAMP)  # noqa: DTZ007 (in UTC, as their names say)
        for path in folder.iterdir()
        if (match := NAME.fullmatch(path.name))
    }
    return dict(sorted(found.items(), key=lambda it: it[1], reverse=True))


def thin_out(folder: Path, now: datetime) -> list[Path]:
    """Remove the copies that need not be kept, and what a broken-off one has left. Which those were."""
    made = copies(folder)
    kept = to_keep(made.values())
    gone = [path for path, at in made.items() if at not in kept]
    left = now.timestamp() - ABANDONED.total_seconds()
    gone += [it for it in folder.glob(f".tillit-*{PARTIAL}") if it.stat().st_mtime < left]
    for path in gone:
        path.unlink()
    return gone


def to_keep(times: Iterable[datetime]) -> set[datetime]:
    """The last of each of so many days, weeks and months in which there are any."""
    newest_first = sorted(times, reverse=True)
    return {
        *last_of_each(newest_first, lambda it: f"{it:%Y-%m-%d}", DAYS),
        *last_of_each(newest_first, lambda it: it.isocalendar()[:2], WEEKS),
        *last_of_each(newest_first, lambda it: (it.year, it.month), MONTHS),
    }


def last_of_each(
    newest_first: Iterable[datetime], of: Callable[[datetime], object], most: int
) -> list[datetime]:
    found: dict[object, datetime] = {}
    for it in newest_first:
        found.setdefault(of(it), it)
    return list(found.values())[:most]
