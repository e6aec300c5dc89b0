"""Undoing what was done when two rows became one, whatever else has happened since.

What is still as it was left is put back. What somebody has changed meanwhile stays as it is, and is
counted; what came since belongs to the kept row, of which it was said.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from tillit.kit.fields import Derived
from tillit.kit.loading.resolving import chunks
from tillit.kit.merging.naming import is_circle
from tillit.kit.merging.settling import as_they_are
from tillit.kit.merging.steps import Step, alike, model_labelled
from tillit.kit.models import Linked, Row
from tillit.kit.refusal import Refused
from tillit.kit.search.index import follow_subjects
from tillit.kit.together import Together
from tillit.kit.values import fill, key_column, plain

CHANGES = "changes."


class Parting:
    """One act. `left` counts the steps that could not be undone, since things have moved on.

    `now_of(subject)` says what a subject is by now, should it have been merged in its turn.
    """

    def __init__(self, it: Together, now_of: Callable[[str], str]) -> None:
        self.it, self.now_of = it, now_of
        self.left = 0
        self._back: set[str] = set()

    def part(self, steps: Sequence[Step]) -> None:
        """Undo the steps, the last first. Raises Refused when the row itself can't come back."""
        last = steps[-1] if steps else None
        for run in alike(reversed(steps)):
            if run[0].is_of_row_that_went:
                for step in run:
                    self._bring_back(step, is_itself=step is last)
            else:
                self._put_back(run)
        for row in as_they_are(self.it):
            row.clean()
        follow_subjects(self._back)

    def _bring_back(self, step: Step, *, is_itself: bool) -> None:
        model = model_labelled(step.model)
        row = self._as_it_was(model, step) if model else None
        if row is None or model is None:
            self.left += 1
            return
        if isinstance(row, Row) and not is_itself:
            twin = model._default_manager.filter(key=step.after).first()  # noqa: SLF001
            values = row.come_back(twin)
            if values is None:
                self.left += 1
                return
            for name, value in values.items():
                self.left += getattr(row, name) != value
                setattr(row, name, value)
        self._write(row, is_itself=is_itself)

    def _as_it_was(self, model: type[models.Model], step: Step) -> Any:
        """The row, not written; None when something is gone that it can't be without."""
        row: Any = model(key=step.row) if issubclass(model, Row) else model()
        for name, value in step.before.items():
            if name == "key":
                continue
            try:
                fill(row, {name: self._by_now(row, name, value)})
            except (Refused, FieldDoesNotExist):
                if not is_left_out(model, name):
                    return None
        return row

    def _by_now(self, row: Any, name: str, value: Any) -> Any:
        """The key of what a column names, should that have another by now."""
        target = row._meta.get_field(name).related_model  # noqa: SLF001
        if value is None or target is None or not issubclass(target, Row):
            return value
        if target._default_manager.filter(key=value).exists():  # noqa: SLF001
            return value
        return self.now_of(f"{target.noun}:{value}").partition(":")[2]

    def _write(self, row: Any, *, is_itself: bool) -> None:
        if isinstance(row, Linked):
            row.make_link()
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if is_itself:
                said = _("Something else stands where “%(name)s” was.") % {"name": row}
                raise Refused(said, 409) from None
            self.left += 1
            return
        if isinstance(row, Row):
            self.it.touch([row])
            self._back.add(row.subject)

    def _put_back(self, run: list[Step]) -> None:
        first = run[0]
        model = model_labelled(first.model)
        rows = rows_named(model, [it.row for it in run]) if model else []
        self.left += len(run) - len(rows)
        for row in rows:
            if not self._undo(row, first):
                self.left += 1

    def _undo(self, row: Any, step: Step) -> bool:
        """Whether the row was still as the step left it, and is as it was before."""
        if step.column.startswith(CHANGES):
            return self._undo_told(row, step)
        try:
            field = row._meta.get_field(step.column)  # noqa: SLF001
        except FieldDoesNotExist:
            return False
        if field.many_to_many:
            return self._undo_set(row, field, step)
        if plain(getattr(row, step.column)) != step.after:
            return False
        try:
            with transaction.atomic():
                fill(row, {step.column: step.before})
                write_again(row, field)
        except (Refused, IntegrityError):
            return False
        if isinstance(row, Row):
            self.it.touch([row])
        return True

    def _undo_told(self, row: Any, step: Step) -> bool:
        name = step.column.removeprefix(CHANGES)
        if row.changes.get(name) != step.after:
            return False
        row.changes = {**row.changes, name: step.before}
        row.save(update_fields=["changes"])
        return True

    def _undo_set(self, row: Any, field: Any, step: Step) -> bool:
        """A whole set as it was, or one member that comes back into it."""
        members, key = getattr(row, field.name), key_column(field.related_model)
        if isinstance(step.before, list):
            if sorted(plain(it) for it in members.all()) != step.after:
                return False
            members.set(_members(field, key, step.before))
            self.it.touch([row])
            return True
        back = _members(field, key, [step.before])
        if not back:
            return False
        members.add(*back)
        if step.after is not None:
            members.remove(*_members(field, key, [step.after]))
        return True


def is_left_out(model: type[models.Model], name: str) -> bool:
    """Whether the row may be without a value there, or knows no such column any more."""
    try:
        field: Any = model._meta.get_field(name)  # noqa: SLF001
    except FieldDoesNotExist:
        return True
    return bool(field.null)


def write_again(row: Any, field: Any) -> None:
    """Write one column, and what follows from it; a circle as it was, whatever it rests on by now."""
    if is_circle(type(row), field):
        same = type(row)._default_manager.filter(pk=row.pk)  # noqa: SLF001
        same.update(**{field.name: getattr(row, field.name)})
        return
    columns: Any = row._meta.concrete_fields  # noqa: SLF001
    follows = [str(it.name) for it in columns if isinstance(it, Derived)]  # type: ignore[attr-defined]
    row.save(update_fields=[field.name, *follows])


def rows_named(model: type[models.Model], names: Sequence[str]) -> list[Any]:
    """The rows that are still there, in the order of their names."""
    column = "key" if issubclass(model, Row) else "pk"
    found: dict[str, Any] = {}
    for chunk in chunks(names):
        rows = model._default_manager.filter(**{f"{column}__in": chunk})  # noqa: SLF001
        found |= {str(getattr(row, column)): row for row in rows}
    return [found[name] for name in names if name in found]


def _members(field: Any, key: str, names: Sequence[Any]) -> list[Any]:
    rows = field.related_model._default_manager  # noqa: SLF001
    return list(rows.filter(**{f"{key}__in": names}))


def refused(error: ValidationError) -> str:
    """Why what was one can't become two again, in a sentence."""
    return _("It can't be undone as things are now: %(why)s") % {"why": " ".join(error.messages)}
