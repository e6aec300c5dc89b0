"""Taking back what was made by the thousand, at the cost of few questions and by the same rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from tillit.kit.loading.resolving import chunks
from tillit.kit.models import Activity, Citation, Row, Verb
from tillit.kit.personal.relatives import columns_to, rows_of_all
from tillit.kit.refusal import Refused
from tillit.kit.together import MANY, Together, noting, rested_on
from tillit.kit.values import sets_of, values_of

FEW = 8  # parts of one kind that are as well taken back one by one
Run = tuple[type[Row] | None, list[Activity]]


def runs(parts: Iterable[Activity]) -> Iterator[Run]:
    """The parts in their order, those that made rows of one noun after each other together."""
    nouns = {model.noun: model for model in rows_of_all()}

    def made(part: Activity) -> str:
        return part.subject.partition(":")[0] if part.verb == Verb.CREATED else ""

    for noun, run in groupby(parts, made):
        found = list(run)
        yield (nouns.get(noun) if len(found) > FEW else None), found


def take_back_all(model: type[Row], parts: Sequence[Activity], it: Together) -> None:
    """Remove the rows that the parts made. Raises Refused when one is no longer as it was made."""
    rows = stored_all(model, parts)
    for part, row in zip(parts, rows, strict=True):
        now = values_of(row)
        row.refuse_undo(part)
        if any(now.get(name) != pair[1] for name, pair in part.changes.items()):
            raise Refused(_("It has been changed since, so this can't be undone."), 409)
    cited = _cited(rows)
    plain = [(part, row) for part, row in zip(parts, rows, strict=True) if row.subject not in cited]
    for part, row in zip(parts, rows, strict=True):
        if row.subject in cited:
            it.remove(row, undoes=part)
    _remove_all(model, plain, it)


def stored_all(model: type[Row], parts: Sequence[Activity]) -> list[Any]:
    """The rows as they are now, locked, in the order of the parts."""
    found: dict[str, Any] = {}
    keys = [part.subject.partition(":")[2] for part in parts]
    for chunk in chunks(keys):
        rows = list(model._default_manager.filter(key__in=chunk))  # noqa: SLF001
        model.lock_all(rows)
        locked = model._default_manager.select_for_update().filter(key__in=chunk)  # noqa: SLF001
        stored = list(locked.prefetch_related(*sets_of(model())))
        model.lock_all(stored)
        found |= {row.key: row for row in stored}
    if len(found) < len(keys):
        raise Refused(_("It is no longer there."), 409)
    return [found[key] for key in keys]


def _cited(rows: Sequence[Row]) -> set[str]:
    """Those that sources speak of: what they rested on is kept with each."""
    found: set[str] = set()
    for chunk in chunks(row.subject for row in rows):
        found |= {*Citation.objects.filter(subject__in=chunk).values_list("subject", flat=True)}
    return found


def _remove_all(model: type[Row], plain: Sequence[tuple[Activity, Any]], it: Together) -> None:
    for at in range(0, len(plain), MANY):
        part_of_them = plain[at : at + MANY]
        rows = [row for _part, row in part_of_them]
        _refuse_to_take_along(model, rows)
        told = [row.told_when_gone for row in rows]
        _tell_to(rows, told)
        noted = [
            noting(
                row,
                Verb.REMOVED,
                {name: [pair[1], None] for name, pair in part.changes.items()},
                it.actor,
                it.reason,
                part,
                circles,
            )
            for (part, row), circles in zip(part_of_them, told, strict=True)
        ]
        for one, (part, _row) in zip(noted, part_of_them, strict=True):
            one.about = part.about
        it.note_all(noted, rows)
        model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()  # noqa: SLF001
        for row in rows:
            row.pk = None


def _tell_to(rows: Sequence[Row], told: Sequence[tuple[str, str]]) -> None:
    """What was told of the rows is told to whom they are told when gone."""
    subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row, circles in zip(rows, told, strict=True):
        subjects[circles].append(row.subject)
    for (circle, also), of_these in subjects.items():
        Activity.objects.filter(subject__in=of_these).update(circle=circle, also=also)


def _refuse_to_take_along(model: type[Row], rows: Sequence[Row]) -> None:
    """Raise ValidationError when others rest on one of the rows."""
    pks = [row.pk for row in rows]
    for other, column in columns_to(model):
        resting = other._default_manager.filter(**{f"{column.name}__in": pks})  # noqa: SLF001
        if other is model:
            resting = resting.exclude(pk__in=pks)
        if not _own_table(other) and resting.exists():
            raise rested_on()


def _own_table(model: type[models.Model]) -> bool:
    """Whether it only joins a row with what is in its sets."""
    return bool(model._meta.auto_created)  # noqa: SLF001
