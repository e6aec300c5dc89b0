"""Giving all that names one row to another of its noun, and taking the one away.

Where both have what only one of them may have, and where both say the same, one of the two goes, with
all that named it given on in the same way. Whatever is done is a `Step`, so that it can be undone.
"""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.kit.merging import naming
from tillit.kit.merging.settling import as_they_are
from tillit.kit.merging.steps import Step, going, label, setting
from tillit.kit.models import Activity, Citation, Row
from tillit.kit.personal.relatives import columns_to
from tillit.kit.search.index import follow_subjects
from tillit.kit.together import Together, refuse_to_take_along
from tillit.kit.values import plain, values_of_columns


class Joining:
    """One act: what named the one names the other."""

    def __init__(self, it: Together) -> None:
        self.it = it
        self.steps: list[Step] = []
        self.gone: list[str] = []  # subjects

    def join(self, kept: Row, gone: Row, values: Mapping[str, Any]) -> list[Step]:
        """Give the kept row its values, and all that named the other. Both are locked by the caller.

        Raises ValidationError when a rule of theirs, or of what they have, forbids it.
        """
        self._take_values(kept, gone, values)
        self._absorb(kept, gone)
        self.it.touch([kept])
        for row in as_they_are(self.it):
            row.clean()
        follow_subjects(self.gone)
        return self.steps

    def _take_values(self, kept: Row, gone: Row, values: Mapping[str, Any]) -> None:
        for name in _held_once(kept) & values.keys():  # the one lets go before the other takes it
            self._save(gone, {name: None})
        sets = {it.name for it in kept._meta.many_to_many}  # noqa: SLF001
        for name, value in values.items():
            now = getattr(kept, name)
            before = sorted(it.key for it in now.all()) if name in sets else plain(now)
            after = sorted(it.key for it in value) if name in sets else plain(value)
            if before != after:
                self.steps.append(setting(kept, name, before, after))
        self.it.change(kept, values)

    def _absorb(self, kept: Any, gone: Any) -> None:
        """All that names the one names the other from now on, and the one goes."""
        said = values_of_columns(gone)
        for model, column in columns_to(type(gone)):
            for row in _each(model, column.name, gone):
                self._point(row, column, kept)
        if isinstance(gone, Row):
            self._follow_in_sets(kept, gone)
            self._follow_citations(kept, gone, said)
            self._follow_subject(kept, gone)
            self._follow_changes(kept, gone)
            self._follow_circle(kept, gone)
            self.gone.append(gone.subject)
        self._go(gone)

    def _point(self, row: Any, column: Any, kept: Any) -> None:
        """Let one row name the kept one, or go if there is one such already."""
        rival = _rival(row, column, kept)
        if rival is not None and isinstance(row, Row) and row.outweighs(rival):
            self._absorb(row, rival)
            rival = None
        twin = rival or _twin(row, column, kept)
        if twin is None:
            otherwise = row.give_way(kept) if isinstance(row, Row) else {}
            self._save(row, {column.name: kept, **otherwise})
            return
        if isinstance(row, Row):
            self._save(twin, twin.take_in(row))
        self._absorb(twin, row)

    def _save(self, row: Any, values: Mapping[str, Any]) -> None:
        differing = {name: it for name, it in values.items() if getattr(row, name) != it}
        for name, new in differing.items():
            self.steps.append(setting(row, name, getattr(row, name), new))
            setattr(row, name, new)
        if differing:
            row.save()
            if isinstance(row, Row):
                self.it.touch([row])

    def _follow_in_sets(self, kept: Row, gone: Row) -> None:
        for model, field in naming.sets_with(type(gone)):
            for owner in model._default_manager.filter(**{field.name: gone}):  # noqa: SLF001
                members = getattr(owner, field.name)
                is_new = not members.filter(pk=kept.pk).exists()
                members.remove(gone)
                if is_new:
                    members.add(kept)
                new = kept.key if is_new else None
                self.steps.append(setting(owner, field.name, gone.key, new))

    def _follow_citations(self, kept: Row, gone: Row, said: Mapping[str, Any]) -> None:
        """Sources of what the gone row said. What the kept one says otherwise they contradict."""
        now = values_of_columns(kept)
        for row in Citation.objects.filter(subject=gone.subject).order_by("pk"):
            values: dict[str, Any] = {"subject": kept.subject, "circle": kept.circle}
            value = said.get(row.field)
            if row.field in said and value != now.get(row.field) and not row.contradicts:
                values |= {"contradicts": True, "says": row.says or str(value or "")[:400]}
            if _is_cited(row, values):
                self._go(row)
            else:
                self._save(row, values)

    def _follow_subject(self, kept: Row, gone: Row) -> None:
        for model, column in naming.subject_columns():
            self._rewrite(model, column.name, gone.subject, kept.subject)
        for noun, about, key in naming.named_by_noun_and_key():
            self._rewrite(noun, key, gone.key, kept.key, Q(**{about: gone.noun}))

    def _follow_circle(self, kept: Row, gone: Row) -> None:
        """Whoever read what was the gone one's own reads it as the kept one's own."""
        own, new = getattr(gone, "own_circle", None), getattr(kept, "own_circle", None)
        if own is not None and new is not None:
            for model, column in naming.circle_columns():
                self._rewrite(model, column.name, own, new)

    def _rewrite(
        self, model: type[models.Model], column: str, old: str, new: str, also: Q | None = None
    ) -> None:
        """Text that names the gone one, in all rows at once."""
        rows = model._default_manager.filter(also or Q(), **{column: old}).order_by("pk")  # noqa: SLF001
        name = "key" if issubclass(model, Row) else "pk"
        named = list(rows.values_list(name, flat=True))
        where = str(model._meta.label_lower)  # noqa: SLF001
        self.steps += [Step(where, str(it), column, old, new) for it in named]
        rows.update(**{column: new})

    def _follow_changes(self, kept: Row, gone: Row) -> None:
        """What the activity tells of rows that named the gone one names the kept."""
        for model, column in columns_to(type(gone)):
            if not issubclass(model, Row):
                continue
            path = f"changes__{column.name}"
            named = (Q(**{f"{path}__{place}": gone.key}) for place in (0, 1))
            told = Activity.objects.filter(subject__startswith=f"{model.noun}:")
            for row in told.filter(reduce(or_, named)):
                before = row.changes[column.name]
                after = [kept.key if it == gone.key else it for it in before]
                row.changes = {**row.changes, column.name: after}
                row.save(update_fields=["changes"])
                self.steps.append(
                    Step(label(row), str(row.pk), f"changes.{column.name}", before, after)
                )

    def _go(self, row: Any) -> None:
        if isinstance(row, Row):
            for name in sorted(it.name for it in row._meta.many_to_many):  # noqa: SLF001
                members = getattr(row, name)
                self.steps += [setting(row, name, it.key, None) for it in members.all()]
                members.clear()
            refuse_to_take_along(row)
            self.it.forget(row)
        self.steps.append(going(row))
        row.delete()


def _each(model: type[models.Model], column: str, named: Any) -> Iterator[Any]:
    """The rows that name it, each as it is when its turn comes: another may have changed it."""
    rows = model._default_manager.filter(**{column: named})  # noqa: SLF001
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        yield from rows.filter(pk=pk)


def _rival(row: Any, column: Any, kept: Any) -> Any:
    """Another row that has what the row would have, and that only one may have."""
    rows = type(row)._default_manager  # noqa: SLF001
    for fields, condition in _unique(type(row)):
        same = {name: getattr(row, name) for name in fields if name != column.name}
        if column.name in fields and None not in same.values():
            others = rows.filter(condition, **same, **{column.name: kept}).exclude(pk=row.pk)
            counts = not condition or rows.filter(condition, pk=row.pk).exists()
            found = others.first() if counts else None
            if found is not None:
                return found
    return None


def _twin(row: Any, column: Any, kept: Any) -> Any:
    """Another row that says the same of the kept one."""
    if not isinstance(row, Row):
        return None
    was = getattr(row, column.name)
    setattr(row, column.name, kept)
    sought = row.sought_beside()
    found = type(row)._default_manager.filter(**sought).exclude(pk=row.pk) if sought else ()  # noqa: SLF001
    twin = next((it for it in found if row.says_the_same(it)), None)
    setattr(row, column.name, was)
    return twin


def _is_cited(row: Citation, values: Mapping[str, Any]) -> bool:
    """Whether the same place of the same source is cited for the same already."""
    same = ("source", "field", "first_line", "last_line", "contradicts", "says")
    asked = {name: values.get(name, getattr(row, name)) for name in (*same, "subject")}
    return bool(Citation.objects.filter(**asked).exclude(pk=row.pk).exists())


def _held_once(row: Row) -> set[str]:
    """Columns by which each row has one thing that no other may have."""
    return {it.name for it in row._meta.concrete_fields if it.one_to_one}  # noqa: SLF001


def _unique(model: type[models.Model]) -> list[tuple[tuple[str, ...], Q]]:
    """The columns that no two rows may have alike, each with the condition under which."""
    meta = model._meta  # noqa: SLF001
    single = [((it.name,), Q()) for it in meta.concrete_fields if it.unique and it.is_relation]
    several = [
        (tuple(it.fields), it.condition or Q())
        for it in meta.constraints
        if isinstance(it, models.UniqueConstraint)
    ]
    return single + several


def refused(error: ValidationError) -> str:
    """Why two rows can't become one, in a sentence."""
    return _("They can't be merged as they are: %(why)s") % {"why": " ".join(error.messages)}
