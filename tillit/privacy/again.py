"""Erasing again what has come back with an old file: after a load of an export, and after a restore."""

from collections.abc import Iterator

from tillit.kit.models import Row
from tillit.kit.personal import traces
from tillit.kit.personal.relatives import relatives, rows_of_all
from tillit.privacy import keys
from tillit.privacy.erasing import Erasure, erase
from tillit.register.models import Person


def erase_again() -> int:
    """Take away all that is on the list, as it was when it was decided; how many rows it touched."""
    if keys.is_empty():
        return 0
    touched = sum(_erase_person(it) for it in _back(Person))
    for model in rows_of_all():
        touched += sum(_take_away(row) for row in _back(model))
    return touched


def _back(model: type[Row]) -> Iterator[Row]:
    """The rows of the noun that have been erased, and are there."""
    all_of_them = model._default_manager.values_list("key", flat=True)  # noqa: SLF001
    gone = keys.barred({f"{model.noun}:{key}" for key in all_of_them})
    for subject in sorted(gone):
        yield from model._default_manager.filter(key=subject.partition(":")[2])  # noqa: SLF001


def _erase_person(person: Row) -> int:
    if not isinstance(person, Person):
        return 0
    done = erase(Erasure(person, person.account_id))
    return done.rows + done.texts


def _take_away(row: Row) -> int:
    """Remove a row that was erased alone, with those that can't be without it."""
    if not type(row)._default_manager.filter(pk=row.pk).exists():  # noqa: SLF001
        return 0
    count = sum(_take_away(it) for it in relatives(row))
    count += traces.forget([row])
    row.delete()
    return count + 1
