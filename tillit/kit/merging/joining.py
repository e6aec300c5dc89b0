"""Giving all that names one row to another of its noun, and taking the one away.

Where both have what only one of them may have, and where both say the same, one of the two goes, with
all that named it given on in the same way. Whatever is done is a `Step`, so that it can be undone.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.kit.loading.resolving import chunks
from tillit.kit.merging import naming
from tillit.kit.merging.settling import as_they_are
from tillit.kit.merging.steps import Step, going, label, setting
from tillit.kit.models import Activity, Citation, Row
from tillit.kit.personal.relatives import columns_to, row_of
from tillit.kit.search.index import follow_subjects
from tillit.kit.together import Together, refuse_to_take_along
from tillit.kit.values import Values, plain, values_of_columns


class Joining:
    """One act: what named the one names the other."""

    def __init__(self, it: Together) -> None:
        self.it = it
        self.steps: list[Step] = []
        self.now: dict[str, str] = {}  # the subjects that have gone, and what each is now
        self._said: dict[str, Values] = {}  # what the rows that have gone said

    def join(self, kept: Row, gone: Row, values: Mapping[str, Any]) -> list[Step]:
        """Give the kept row its values, and all that named the other. Both are locked by the caller.

        Raises ValidationError when a rule of theirs, or of what they have, forbids it.
        """
        self._take_values(kept, gone, values)
        self._absorb(kept, gone)
        for chunk in chunks(self.now):
            self._follow_citations(chunk)
            self._follow_subjects(chunk)
            self._follow_changes(chunk)
        self.it.touch([kept])
        for row in as_they_are(self.it):
            row.clean()
        follow_subjects(self.now)
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
            self._follow_circle(kept, gone)
            self._rename(gone.subject, kept.subject, said)
        self._go(gone, kept)

    def _rename(self, gone: str, kept: str, said: Values) -> None:
        """What names the one names the other, when all is moved: at the cost of few questions."""
        self.now = {was: kept if it == gone else it for was, it in self.now.items()}
        self.now[gone] = kept
        self._said[gone] = said

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

    def _follow_citations(self, gone: Sequence[str]) -> None:
        """Sources of what the rows that went said. What the kept one says otherwise they contradict."""
        for row in Citation.objects.filter(subject__in=gone).order_by("pk"):
            kept = row_of(self.now[row.subject])
            if kept is None:
                continue
            said, now = self._said[row.subject], values_of_columns(kept)
            values: dict[str, Any] = {"subject": kept.subject, "circle": kept.circle}
            value = said.get(row.field)
            if row.field in said and value != now.get(row.field) and not row.contradicts:
                values |= {"contradicts": True, "says": row.says or str(value or "")[:400]}
            if _is_cited(row, values):
                self._go(row)
            else:
                self._save(row, values)

    def _follow_subjects(self, gone: Sequence[str]) -> None:
        now = {it: self.now[it] for it in gone}
        for model, column in naming.subject_columns():
            self._rewrite(model, column.name, now)
        keys = self._keys(gone)
        for model, about, key in naming.named_by_noun_and_key():
            for noun, now_of_it in keys.items():
                self._rewrite(model, key, now_of_it, Q(**{about: noun}))

    def _keys(self, gone: Sequence[str]) -> dict[str, dict[str, str]]:
        """By noun the keys that have gone, and what each is now."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for was in gone:
            noun, _colon, key = was.partition(":")
            found[noun][key] = self.now[was].partition(":")[2]
        return found

    def _follow_circle(self, kept: Row, gone: Row) -> None:
        """Whoever read what was the gone one's own reads it as the kept one's own."""
        own, new = getattr(gone, "own_circle", None), getattr(kept, "own_circle", None)
        if own is not None and new is not None:
            for model, column in naming.circle_columns():
                self._rewrite(model, column.name, {own: new})

    def _rewrite(
        self, model: type[models.Model], column: str, now: Mapping[str, str], also: Q | None = None
    ) -> None:
        """Text that names what has gone, in all rows at once."""
        rows = model._default_manager.filter(also or Q(), **{f"{column}__in": [*now]})  # noqa: SLF001
        name = "key" if issubclass(model, Row) else "pk"
        where = str(model._meta.label_lower)  # noqa: SLF001
        found = list(rows.order_by(column, "pk").values_list(name, column))
        self.steps += [Step(where, str(it), column, old, now[old]) for it, old in found]
        for old in dict.fromkeys(old for _name, old in found):
            same = model._default_manager.filter(also or Q(), **{column: old})  # noqa: SLF001
            same.update(**{column: now[old]})

    def _follow_changes(self, gone: Sequence[str]) -> None:
        """What the activity tells of rows that named what has gone names the kept."""
        keys = self._keys(gone)
        for model, column in naming.columns_of_rows():
            now = keys.get(getattr(column.related_model, "noun", ""))
            if now:
                self._tell_otherwise(model.noun, column.name, now)

    def _tell_otherwise(self, noun: str, column: str, now: Mapping[str, str]) -> None:
        path, old = f"changes__{column}", [*now]
        named = Q(**{f"{path}__0__in": old}) | Q(**{f"{path}__1__in": old})
        for row in Activity.objects.filter(named, subject__startswith=f"{noun}:"):
            before = row.changes[column]
            after = [now.get(it, it) for it in before]
            row.changes = {**row.changes, column: after}
            row.save(update_fields=["changes"])
            told = Step(label(row), str(row.pk), f"changes.{column}", before, after)
            self.steps.append(told)

    def _go(self, row: Any, twin: Any = None) -> None:
        if isinstance(row, Row):
            for name in sorted(it.name for it in row._meta.many_to_many):  # noqa: SLF001
                members = getattr(row, name)
                self.steps += [setting(row, name, it.key, None) for it in members.all()]
                members.clear()
            refuse_to_take_along(row)
            self.it.forget(row)
        self.steps.append(going(row, twin))
        row.delete()


def _each(model: type[models.Model], column: str, named: Any) -> Iterator[Any]:
    """The rows that name it, each as it is when its turn comes: another may have changed it."""
    rows = model._default_manager.filter(**{column: named})  # noqa: SLF001
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        yield from naming.whole(model).filter(**{column: named}, pk=pk)


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
