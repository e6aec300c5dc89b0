"""Bringing an exported register into an installation that has none: all of it, or nothing.

Only an empty one takes it. What would come of two registers that both say what `natverket` is, nobody
can tell from their rows; single things are brought by the files that `load` reads otherwise.
"""

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from tillit.kit.carrying import files, manifest
from tillit.kit.carrying.checking import check
from tillit.kit.carrying.nouns import SECRETS, Noun, has_natural_key, nouns
from tillit.kit.carrying.reading import Export, again, lines, verify
from tillit.kit.carrying.records import read_value
from tillit.kit.contributions import carried_in, erase_again
from tillit.kit.loading.faults import Faults, Spot, in_words, quoted
from tillit.kit.loading.loading import Outcome
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import Row, Verb
from tillit.kit.rawly import go_on_counting, insert
from tillit.kit.refusal import Refused
from tillit.kit.search.index import index_all

ROWS_AT_ONCE = 500
Rows = list[models.Model]


def bring(folder: Path) -> Outcome:
    """Load an exported folder. A fault anywhere leaves the database as it was. Raises Refused."""
    export = Export(folder, manifest.read(folder))
    outcome = Outcome(len(export.manifest.nouns))
    verify(export, outcome.faults)
    if outcome.faults:
        return outcome
    with transaction.atomic():
        one_at_a_time("load")
        refuse_full()
        it = Bringing(export, outcome.faults)
        it.write()
        if not outcome.faults:
            check(export, outcome.faults)
        if outcome.faults:
            transaction.set_rollback(True)
            return outcome
        outcome.left_out = erase_again()
        carried_in()
        index_all()
        outcome.tally = {model: Counter({Verb.CREATED: n}) for model, n in it.counts.items() if n}
        keep_files(export)
    return outcome


def refuse_full() -> None:
    there = [it for it in nouns() if it.model._base_manager.exists()]  # noqa: SLF001
    if there:
        named = in_words(str(it.model._meta.verbose_name_plural) for it in there[:5])  # noqa: SLF001
        raise Refused(
            _(
                "An export is loaded into an empty installation only, and there is something here "
                "already: %(nouns)s. Nothing was written."
            )
            % {"nouns": named}
        )


def known(model: type[models.Model]) -> dict[str, int]:
    """The keys of what is not carried, since it has the same ones everywhere. Raises Refused."""
    found = dict.fromkeys(model._base_manager.values_list("pk", flat=True), 0)  # noqa: SLF001
    if not found:
        named = str(model._meta.verbose_name_plural)  # noqa: SLF001
        said = _("There are no %(nouns)s here yet: run “tillit setup” first. Nothing was written.")
        raise Refused(said % {"nouns": named})
    return found


def keep_files(export: Export) -> None:
    """Keep what people had uploaded. Files that are there under their names are the same."""
    for name in export.manifest.files:
        with (export.folder / "files" / name).open("rb") as file:
            files.keep(name, file)


@dataclass
class Bringing:
    """The rows on their way in. A row's primary key is the number of its line."""

    export: Export
    faults: Faults
    counts: dict[Any, int] = field(default_factory=dict)
    _keys: dict[Any, dict[str, int]] = field(default_factory=dict)

    def write(self) -> None:
        for noun in nouns():
            self.counts[noun.model] = self._count(noun)
        for noun in nouns():
            for chunk in in_chunks(self._read(noun)):
                if not self.faults:
                    self._insert(noun, [row for row, _links in chunk])
                    self._link([link for _row, links in chunk for link in links])
        if not self.faults:
            go_on_counting([noun.model for noun in nouns()])

    def _count(self, noun: Noun) -> int:
        """How many rows there are, and where each key stands."""
        keys: dict[str, int] = {}
        last, number = "", 0
        for number, record in lines(self.export, noun, self.faults):
            if noun.has_key:
                key = str(record["key"])
                if key <= last:
                    self._tell(noun, number, _("the key is not after that of the line before it"))
                keys[key] = number
                last = key
        self._keys[noun.model] = keys
        return number

    def _read(self, noun: Noun) -> Iterator[tuple[models.Model, Rows]]:
        # What can't be read has been told when the lines were counted.
        for number, record in lines(self.export, noun, Faults()):
            faults_before = self.faults.total
            row = self._row(noun, number, record)
            links = [link for it in noun.sets for link in self._links(it, number, record, noun)]
            if self.faults.total == faults_before:
                yield row, links

    def _row(self, noun: Noun, number: int, record: dict[str, Any]) -> Any:
        row: Any = noun.model(pk=number)
        for column in noun.columns:
            if column.name in record:
                value = self._value(noun, number, column, record[column.name])
                setattr(row, column.attname, value)
        for column in noun.model._meta.concrete_fields:  # noqa: SLF001
            if column.name in SECRETS and not column.blank and not column.null:
                setattr(row, column.name, secrets.token_hex(32))  # it opens nothing
        self._clean(noun, number, row)
        return row

    def _clean(self, noun: Noun, number: int, row: Any) -> None:
        """What each value may be. That one may not be empty is for forms: what stands here has stood."""
        empty = {
            it.name
            for it in noun.own
            if getattr(row, it.name) in (None if it.null else "", "", [], {})
        }
        try:
            row.clean_fields(exclude=noun.not_own | empty)
            for column in noun.derived:
                setattr(row, column.attname, column.value_of(row))
        except ValidationError as error:
            for message in in_fields(error):
                self._tell(noun, number, message)

    def _value(self, noun: Noun, number: int, column: Any, value: Any) -> Any:
        if column.is_relation:
            return None if value is None else self._named(noun, number, column, value)
        if value is None and column.null:
            return None
        try:
            return read_value(column, value)
        except (ValidationError, ValueError, TypeError, ArithmeticError):
            said = _("“%(value)s” can't stand in “%(field)s”")
            self._tell(noun, number, said % {"value": quoted(value), "field": column.name})
            return None

    def _named(self, noun: Noun, number: int, column: Any, value: Any) -> Any:
        """The primary key of the row that is named. One that is not in the files is told."""
        found = self._find(column.related_model, value)
        if found is None:
            said = _("“%(field)s” names “%(value)s”, which is not there")
            self._tell(noun, number, said % {"value": quoted(value), "field": column.name})
        return found

    def _find(self, model: Any, value: Any) -> Any:
        if issubclass(model, Row):
            return self._keys[model].get(value) if isinstance(value, str) else None
        if has_natural_key(model):
            if model not in self._keys:
                self._keys[model] = known(model)
            return value if value in self._keys[model] else None
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return value if is_number and 1 <= value <= self.counts[model] else None

    def _links(self, column: Any, number: int, record: dict[str, Any], noun: Noun) -> Rows:
        """The rows of a set."""
        through = column.remote_field.through
        mine, theirs = f"{column.m2m_field_name()}_id", f"{column.m2m_reverse_field_name()}_id"
        keys = record.get(column.name, [])
        if not isinstance(keys, list) or keys != sorted(set(map(str, keys))):
            self._tell(
                noun, number, _("“%(field)s” is not a list of keys") % {"field": column.name}
            )
            return []
        found = [self._named(noun, number, column, key) for key in keys]
        return [through(**{mine: number, theirs: it}) for it in found]

    def _insert(self, noun: Noun, rows: Rows) -> None:
        """Write the rows. Where the database refuses, it is found out which one."""
        try:
            with transaction.atomic():
                insert(rows)
        except IntegrityError:
            for row in rows:
                self._insert_one(noun, row)

    def _insert_one(self, noun: Noun, row: models.Model) -> None:
        try:
            with transaction.atomic():
                insert([row])
        except IntegrityError as error:
            said = _("the database refuses the row: %(error)s")
            self._tell(noun, int(row.pk), said % {"error": quoted(error)})

    def _link(self, links: Rows) -> None:
        by_model: dict[Any, Rows] = {}
        for link in links:
            by_model.setdefault(type(link), []).append(link)
        for model, rows in by_model.items():
            model._base_manager.bulk_create(rows)  # noqa: SLF001

    def _tell(self, noun: Noun, number: int, message: str) -> None:
        self.faults.add(Spot(str(self.export.path(noun)), number), message, again())


def in_fields(error: ValidationError) -> Iterator[str]:
    """What is wrong, with the column that it is wrong in."""
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for name, messages in error.message_dict.items():
        yield from (f"“{quoted(name)}”: {message}" for message in messages)


def in_chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    chunk = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == ROWS_AT_ONCE:
            yield chunk
            chunk = []
    yield chunk
