"""Every night: bytes that no row names go, and rows whose bytes are gone are told of.

An upload keeps its bytes before its row, so bytes are left alone for a day.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tillit.kit.changes import Actor, model_of, remove
from tillit.kit.files import storage
from tillit.kit.loading.resolving import chunks
from tillit.kit.models import StoredFile
from tillit.kit.models.stored_file import FOLDER

PATIENCE = timedelta(days=1)
SWEEPER = Actor("command:sweep")


@dataclass(frozen=True)
class Swept:
    """How many bytes went without a row, and rows without their subject; how many rows lack bytes."""

    bytes: int
    rows: int
    missing: int


def sweep(now: datetime) -> Swept:
    """Raises Away, with nothing told to be missing that only can't be reached."""
    rows = take_away_ownerless()
    there = storage.listed(FOLDER)[1]
    gone = sweep_folder(FOLDER, there, lambda: {it.path for it in StoredFile.objects.all()}, now)
    return Swept(gone, rows, note_missing(now))


def sweep_folder(
    folder: str, there: Iterable[str], named: Callable[[], Collection[str]], now: datetime
) -> int:
    """Delete what no row names and is a day old. What is there was listed before the rows are asked."""
    names, count = set(named()), 0
    for path in (f"{folder}/{name}" for name in there):
        if path not in names and is_old(path, now):
            storage.delete(path)
            count += 1
    return count


def is_old(path: str, now: datetime) -> bool:
    try:
        return now - storage.written_at(path) > PATIENCE
    except FileNotFoundError:
        return False


def take_away_ownerless() -> int:
    """Files whose subject has gone go too; those of a noun that is not known here stay."""
    by_noun: dict[str, set[str]] = defaultdict(set)
    for subject in StoredFile.objects.order_by().values_list("of", flat=True).distinct():
        noun, _colon, key = subject.partition(":")
        by_noun[noun].add(key)
    count = 0
    for noun, keys in by_noun.items():
        for chunk in chunks(f"{noun}:{it}" for it in gone(noun, keys)):
            for row in StoredFile.objects.filter(of__in=chunk):
                remove(row, SWEEPER)
                count += 1
    return count


def gone(noun: str, keys: set[str]) -> set[str]:
    model = model_of(f"{noun}:")
    if model is None:
        return set()
    left = set(keys)
    for chunk in chunks(keys):
        rows = model._default_manager.filter(key__in=chunk)  # noqa: SLF001
        left -= set(rows.values_list("key", flat=True))
    return left


def note_missing(now: datetime) -> int:
    """Say of each row whether its bytes are there; how many are not."""
    rows = list(StoredFile.objects.all())
    there = {f"{FOLDER}/{it}" for it in storage.listed(FOLDER)[1]}
    lost = [it for it in rows if it.path not in there and not storage.is_there(it.path)]
    for row in (it for it in rows if it.missing_since and it not in lost):
        told_to_lack(row, None)
    return sum(told_to_lack(row, row.missing_since or now) for row in lost)


def told_to_lack(row: StoredFile, since: datetime | None) -> int:
    """Note it of the row, unless somebody has given it other bytes meanwhile."""
    rows = StoredFile.objects.filter(pk=row.pk, sha256=row.sha256)
    return int(rows.update(missing_since=since))
