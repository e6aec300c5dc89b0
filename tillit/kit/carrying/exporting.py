"""Writing all that is carried, as it is at one moment: a file for each noun, a line for each row."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext as _

from tillit.kit.carrying import files, manifest
from tillit.kit.carrying.manifest import Held, Manifest
from tillit.kit.carrying.nouns import Noun, has_natural_key, is_carried, nouns
from tillit.kit.carrying.records import ACCOUNT, Record, as_line, as_value, renamed
from tillit.kit.contributions import ERASED
from tillit.kit.models import Row
from tillit.kit.personal.relatives import rows_of_all
from tillit.kit.refusal import Refused
from tillit.kit.snapshot import snapshot
from tillit.kit.values import key_column

ROWS_AT_ONCE = 500
AS_THEY_ARE = (models.BooleanField, models.IntegerField)  # JSON has the same


def export(folder: Path, step: Callable[[str], object] = lambda _name: None) -> Manifest:
    """Write into an empty folder; `step` is told each noun before it. Raises Refused.

    The manifest comes last: a folder without one is no export.
    """
    _refuse_full(folder)
    made = Manifest()
    with snapshot():
        told = Names()
        for noun in nouns():
            step(noun.name)
            path = folder / f"{noun.name}.jsonl"
            made.nouns[noun.name] = _write(path, (as_line(it) for it in told.records(noun)))
        for name, pieces in files.opened():
            path = folder / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            lines_in = _write(path, pieces)
            made.files[name] = Held(path.stat().st_size, lines_in.sha256)
    (folder / manifest.NAME).write_text(made.as_text())
    return made


def _refuse_full(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Refused(_("%(folder)s is not empty. Name a new folder.") % {"folder": folder})


def _write(path: Path, pieces: Iterator[bytes]) -> Held:
    """How many pieces there were, and the digest of them all."""
    digest, count = sha256(), 0
    with path.open("wb") as file:
        for piece in pieces:
            digest.update(piece)
            count += 1
            file.write(piece)
    return Held(count, digest.hexdigest())


class Names:
    """How rows are named in the files: by key, by number, and accounts by their persons."""

    def __init__(self) -> None:
        self.persons = persons_by_account()
        self._numbers: dict[type[models.Model], array[int]] = {}

    def records(self, noun: Noun) -> Iterator[Record]:
        """Its rows, in an order that is the same on any database."""
        paths = [self._path(it) for it in noun.columns]
        told = [
            (it.name, path, self._way(it)) for it, path in zip(noun.columns, paths, strict=True)
        ]
        rows = noun.model._base_manager.order_by("key" if noun.has_key else "pk")  # noqa: SLF001
        instead = {f"carried_{name}": it for name, it in noun.instead.items()}
        found = rows.annotate(**instead).values("pk", *paths, *instead)
        for chunk in in_chunks(found.iterator(ROWS_AT_ONCE)):
            sets = {it.name: _sets(it, [row["pk"] for row in chunk]) for it in noun.sets}
            for row in chunk:
                values = {name: way(row[path]) for name, path, way in told}
                values |= {name: row[f"carried_{name}"] for name in noun.instead}
                yield values | {name: sorted(by_pk[row["pk"]]) for name, by_pk in sets.items()}

    def _path(self, column: Any) -> str:
        """Where the value stands that says which row is meant."""
        keyed = column.is_relation and issubclass(column.related_model, Row)
        return f"{column.name}__key" if keyed else str(column.attname)

    def _way(self, column: Any) -> Callable[[Any], Any]:
        """How the values of the column are told: settled once for all its rows."""
        if column.is_relation:
            return self._way_of_names(column.related_model)
        if isinstance(column, models.CharField | models.TextField):
            return self._text
        if isinstance(column, AS_THEY_ARE):
            return as_it_is
        return lambda value: renamed(as_value(value), self._person)

    def _way_of_names(self, model: type[models.Model]) -> Callable[[Any], Any]:
        """The key as it is; the number of a row that has none."""
        if issubclass(model, Row) or has_natural_key(model):
            return as_it_is
        return lambda pk: None if pk is None else bisect_left(self._in_order(model), pk) + 1

    def _text(self, text: str | None) -> str | None:
        return self._person(text) if text else text

    def _in_order(self, model: type[models.Model]) -> "array[int]":
        if model not in self._numbers:
            rows = model._base_manager.order_by("pk").values_list("pk", flat=True)  # noqa: SLF001
            self._numbers[model] = array("q", rows.iterator(ROWS_AT_ONCE))
        return self._numbers[model]

    def _person(self, text: str) -> str:
        """Somebody by whom they are, since accounts stay here; who is nobody yet is told no more."""
        if not text.startswith(ACCOUNT) or not text.removeprefix(ACCOUNT).isdecimal():
            return text
        return self.persons.get(text, ERASED)


def as_it_is(value: Any) -> Any:
    return value


def persons_by_account() -> dict[str, str]:
    """The subjects of those who have an account, by how the account is named."""
    found: dict[str, str] = {}
    for model in filter(is_carried, rows_of_all()):
        for field in model._meta.concrete_fields:  # noqa: SLF001
            if field.one_to_one and field.related_model is get_user_model():
                rows = model._base_manager.filter(**{f"{field.name}__isnull": False})  # noqa: SLF001
                keys = rows.values_list(field.attname, "key")
                found |= {f"{ACCOUNT}{account}": f"{model.noun}:{key}" for account, key in keys}
    return found


def in_chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    chunk = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == ROWS_AT_ONCE:
            yield chunk
            chunk = []
    yield chunk


def _sets(field: Any, rows: list[Any]) -> dict[Any, list[str]]:
    """The keys of a set, by the row that has it."""
    through = field.remote_field.through
    mine, theirs = field.m2m_field_name(), field.m2m_reverse_field_name()
    found: dict[Any, list[str]] = defaultdict(list)
    links = through._base_manager.filter(**{f"{mine}__in": rows})  # noqa: SLF001
    for pk, key in links.values_list(f"{mine}_id", f"{theirs}__{key_column(field.related_model)}"):
        found[pk].append(key)
    return found
