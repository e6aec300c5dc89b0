"""Every text column of every table, searched for words; for what the contexts can't know of."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import CharField, F, Q, TextField, Value
from django.db.models.functions import Cast

from tillit.kit.circles import Viewer
from tillit.kit.contributions import links_to
from tillit.kit.fields import Derived
from tillit.kit.models import Row
from tillit.kit.search.models import Entry
from tillit.privacy.words import Words
from tillit.register.models import Person

AROUND = 60  # letters that are shown before and after a name
SKIPPED = {
    "sessions.session",  # they are encoded, and end with the account
    "search.entry",  # the index says what other rows say, and is made anew from them
}
SHOWN = [Entry._meta.get_field(name) for name in ("subject", "title", "url", "text")]  # noqa: SLF001
Text = models.CharField | models.TextField | models.JSONField  # type: ignore[type-arg]


@dataclass(frozen=True)
class Mention:
    """A row in whose text the person is named. `id` says which: `register.name:12`."""

    id: str
    noun: str
    excerpt: str
    url: str = ""


@dataclass(frozen=True)
class Range:
    """In which rows a name is covered: in all but those left, or only in some. Never another's name."""

    leave: frozenset[str] = frozenset()
    only: frozenset[str] | None = None

    def has(self, row: models.Model) -> bool:
        mine = identified(row)
        chosen = mine not in self.leave and (self.only is None or mine in self.only)
        return chosen and not isinstance(row, Person)


EVERYWHERE = Range()


@cache
def text_columns() -> dict[type[models.Model], list[Any]]:
    found = {}
    for model in apps.get_models():
        meta = model._meta  # noqa: SLF001
        columns = [field for field in meta.concrete_fields if is_text(field)]
        if columns and meta.managed and not meta.proxy and meta.label_lower not in SKIPPED:
            found[model] = columns
    return found


def is_text(field: Any) -> bool:
    return (
        isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not isinstance(field, Derived)
        and not field.primary_key
        and not field.choices
        and not (field.name == "key" and issubclass(field.model, Row))
    )


@cache
def is_of_a_key(column: Any) -> bool:
    """Whether no two rows may have the same there. Covered, they would: its context sees to it."""
    meta = column.model._meta  # noqa: SLF001
    together = [it.fields for it in meta.constraints if isinstance(it, models.UniqueConstraint)]
    return column.unique or any(column.name in it for it in [*together, *meta.unique_together])


def find(words: Words) -> dict[type[models.Model], list[Any]]:
    """The rows that have any of the words, by one question: {model: primary keys}."""
    by_label = {model._meta.label_lower: model for model in text_columns()}  # noqa: SLF001
    parts = [_having(model, columns, words) for model, columns in text_columns().items()]
    found: dict[type[models.Model], list[Any]] = defaultdict(list)
    if words.subjects or words.in_text:
        for label, key in parts[0].union(*parts[1:], all=True):
            found[by_label[label]].append(key)
    return found


def _having(model: type[models.Model], columns: Iterable[Any], words: Words) -> Any:
    rows, tests = model._default_manager.order_by(), []  # noqa: SLF001
    for column in columns:
        if isinstance(column, models.JSONField):
            rows = rows.annotate(**{f"text_of_{column.name}": Cast(F(column.name), TextField())})
            tests += _tests_of_json(f"text_of_{column.name}", words)
        else:
            tests += _tests(column.name, words)
    label = Value(model._meta.label_lower, CharField())  # noqa: SLF001
    having = rows.filter(reduce(or_, tests or [Q(pk__in=[])]))
    return having.annotate(of_=label, id_=Cast("pk", CharField())).values_list("of_", "id_")


def _tests(name: str, words: Words) -> list[Q]:
    found = [Q(**{f"{name}__icontains": it}) for word in words.in_text for it in spellings(word)]
    return [*found, Q(**{f"{name}__in": words.subjects})] if words.subjects else found


def _tests_of_json(name: str, words: Words) -> list[Q]:
    """In JSON a text may be kept with its letters beyond ASCII as numbers."""
    wanted = [f'"{it}"' for it in words.subjects]
    for word in words.in_text:
        wanted += [form for it in spellings(word) for form in {it, json.dumps(it)[1:-1]}]
    return [Q(**{f"{name}__icontains": it}) for it in wanted]


def spellings(word: str) -> list[str]:
    """The databases differ in whether Å and å are the same to them."""
    return sorted({word, word.lower(), word.upper()})


def indexed(words: Words) -> list[str]:
    """The subjects of which the index says any of the words."""
    rows = _having(Entry, SHOWN, words)
    return list(Entry.objects.filter(pk__in=rows.values("pk")).values_list("subject", flat=True))


def mentions(words: Words, apart_from: Collection[Row], viewer: Viewer) -> list[Mention]:
    """The rows in whose running text a name stands, apart from those that go with the person."""
    spared = {identified(row) for row in apart_from}
    found: list[tuple[models.Model, str]] = []
    for model, keys in find(Words(names=words.names)).items():
        for row in model._default_manager.filter(pk__in=keys):  # noqa: SLF001
            text = said(row, words)
            spare = identified(row) in spared or isinstance(row, Person) or points_at(row, words)
            if text and not spare:
                found.append((row, text))
    links = links_to([row.subject for row, _text in found if isinstance(row, Row)], viewer)
    return [
        Mention(
            identified(row),
            str(row._meta.verbose_name),  # noqa: SLF001
            text,
            links[row.subject].url if isinstance(row, Row) and row.subject in links else "",
        )
        for row, text in found
    ]


def identified(row: models.Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"  # noqa: SLF001


def texts_of(row: models.Model) -> Iterator[tuple[Any, Any]]:
    for column in text_columns().get(type(row), ()):
        yield column, getattr(row, column.name)


def points_at(row: models.Model, words: Words) -> bool:
    """Whether the row names the person by subject or address, so that a context sees to it."""
    exact = words.subjects | words.addresses
    return any(isinstance(it, str) and it in exact for _column, it in texts_of(row))


def said(row: models.Model, words: Words) -> str:
    """The first place in the row's text where a name stands, with what is around it."""
    pattern = Words(names=words.names).pattern
    for _column, value in texts_of(row):
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if at := pattern.search(text):
            first, last = max(0, at.start() - AROUND), at.end() + AROUND
            before, after = "…" if first else "", "…" if last < len(text) else ""
            return f"{before}{' '.join(text[first:last].split())}{after}"
    return ""


def cover(words: Words, names: Range = EVERYWHERE) -> int:
    """Put other words in place of these; names only in the rows of the range. How many rows."""
    count = 0
    for model, keys in find(words).items():
        for row in model._default_manager.filter(pk__in=keys):  # noqa: SLF001
            count += _cover_row(row, words if names.has(row) else words.without_names())
    return count


def _cover_row(row: models.Model, words: Words) -> bool:
    changed = []
    for column, value in texts_of(row):
        new = value if is_of_a_key(column) else words.cover(value)
        if new != value:
            if isinstance(new, str) and column.max_length:
                new = new[: column.max_length]
            setattr(row, column.name, None if new == "" and column.null else new)
            changed.append(column.name)
    if changed:
        fields = row._meta.concrete_fields  # noqa: SLF001
        row.save(update_fields=[*changed, *(it.name for it in fields if isinstance(it, Derived))])
    return bool(changed)
