"""Erasing a person, or parts of what is kept about one: in all contexts, in one transaction."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from tillit.kit.contributions import (
    Contributions,
    OwnData,
    contributions,
    known_as,
    nothing,
)
from tillit.kit.documents.queue import erase_all as erase_documents
from tillit.kit.models import Row
from tillit.kit.personal import traces
from tillit.kit.personal.relatives import relatives
from tillit.kit.search import index
from tillit.kit.search.backends import backend
from tillit.privacy import sweep
from tillit.privacy.words import Words, subjects_of, words_of
from tillit.register.models import Person


@dataclass(frozen=True)
class Erasure:
    """Who, and what of it: the names of parts, or everything. `names`: where the name is covered."""

    person: Person | None
    account: int | None
    parts: Sequence[str] = ()
    names: sweep.Range = sweep.EVERYWHERE

    @property
    def subject(self) -> str:
        return self.person.subject if self.person else ""


@dataclass(frozen=True)
class Erased:
    """How many rows were touched, in how many texts the name was covered, and which keys are gone."""

    rows: int
    texts: int
    subjects: frozenset[str]


def erase(it: Erasure) -> Erased:
    """Runs in the caller's transaction, so that all of it is done or nothing."""
    words = words_of(it.person, it.account)
    earlier = known_as(it.subject) if it.person and not it.parts else set()
    rows: list[Row] = [it.person, *relatives(it.person)] if it.person else []
    count = _erase_parts(it) if it.parts else _erase_all(it)
    gone = _gone(rows)
    count += traces.forget(gone) + erase_documents()
    covered = sweep.cover(Words(frozenset(subjects_of(gone))) if it.parts else words, it.names)
    index.follow_subjects(sweep.indexed(words))
    transaction.on_commit(wipe)
    return Erased(count, covered, frozenset(subjects_of(gone) | earlier))


def _erase_all(it: Erasure) -> int:
    return sum(given.erase(it.subject, it.account) for given in in_order())


def _erase_parts(it: Erasure) -> int:
    parts = (part for given in in_order() for part in parts_of(given, it))
    return sum(part.erase() for part in parts if part.erase and part.name in it.parts)


def parts_of(given: Contributions, it: Erasure) -> list[OwnData]:
    """The last first, as the register has it: what is found by something goes before that."""
    return list(given.own_data(it.subject, it.account))[::-1]


def in_order() -> list[Contributions]:
    """The highest first, since a row may not go before those that need it.

    Those that keep addresses come last: by these the others know what is the person's.
    """
    highest_first = contributions()[::-1]
    return sorted(highest_first, key=lambda given: given.addresses is not nothing)


def _gone(rows: Sequence[Row]) -> list[Row]:
    """Those that are no longer in the database."""
    by_model: dict[type[Row], list[Row]] = defaultdict(list)
    for row in rows:
        by_model[type(row)].append(row)
    there = {
        (model, key)
        for model, its in by_model.items()
        for key in model._default_manager.filter(pk__in=[it.pk for it in its]).values_list(  # noqa: SLF001
            "pk", flat=True
        )
    }
    return [row for row in rows if (type(row), row.pk) not in there]


def wipe() -> None:
    """SQLite writes over what is deleted (`secure_delete`), once its journal has been taken in.

    The index keeps what was removed until its parts are merged.
    """
    backend().wipe(connection)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
