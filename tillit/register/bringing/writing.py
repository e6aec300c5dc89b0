"""Organisations of a list, written by the thousand in one act."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from tillit.kit.bringing import Confirmed, Fate, Setting
from tillit.kit.changes import new_key
from tillit.kit.loading.keys import slugged
from tillit.kit.loading.resolving import chunks
from tillit.kit.refusal import Refused
from tillit.kit.swedish import fold
from tillit.kit.together import Together
from tillit.register import rules
from tillit.register.bringing.entry import Entry, entry_of
from tillit.register.bringing.places import Places
from tillit.register.choices import NameKind, PresenceKind, Scheme
from tillit.register.models import Identifier, Name, Organisation, Presence


@dataclass
class Writing:
    """One act. Afterwards `written` has the organisation of each row that was not skipped."""

    rows: Sequence[Confirmed]
    setting: Setting
    it: Together
    written: dict[int, Organisation] = field(default_factory=dict)

    @cached_property
    def entries(self) -> dict[int, Entry]:
        places = Places()
        return {row.number: entry_of(row.values, places) for row in self.rows}

    @property
    def seen(self) -> str:
        """The day on which the list shows the rows to hold."""
        return self.setting.on or self.setting.day.isoformat()

    def write(self) -> None:
        self._write_new([row for row in self.rows if row.fate == Fate.NEW])
        self._find_same([row for row in self.rows if row.fate == Fate.SAME])

    def _write_new(self, rows: Sequence[Confirmed]) -> None:
        keys = free_keys([self.entries[row.number].name for row in rows])
        new = [self._organisation(row, key) for row, key in zip(rows, keys, strict=True)]
        self.it.create_all(new)
        self.written |= {row.number: it for row, it in zip(rows, new, strict=True)}
        for noun in (self._names, self._numbers, self._presences):
            self.it.create_all([fact for row in rows for fact in noun(row)])

    def _organisation(self, row: Confirmed, key: str) -> Organisation:
        entry, kept = self.entries[row.number], rules.secretariat_of(self.setting.viewer)
        if kept is None:
            raise Refused(_("You don't have that mandate today. Choose one of your own."), 403)
        return Organisation(
            key=key,
            name=entry.name,
            sector=kept.side,
            secretariat=kept,
            web=entry.web,
            protected=row.answer and entry.may_need_shelter,
            seen=self.seen,
        )

    def _names(self, row: Confirmed) -> Iterator[Name]:
        entry = self.entries[row.number]
        yield self._fact(Name, row, kind=NameKind.OFFICIAL, name=entry.name)
        if entry.short:
            yield self._fact(Name, row, kind=NameKind.SHORT, name=entry.short)

    def _numbers(self, row: Confirmed) -> Iterator[Identifier]:
        if number := self.entries[row.number].number:
            yield self._fact(Identifier, row, scheme=Scheme.ORGNR, value=number)

    def _presences(self, row: Confirmed) -> Iterator[Presence]:
        entry = self.entries[row.number]
        if entry.seat:
            yield self._fact(Presence, row, kind=PresenceKind.SEAT, place=entry.seat)
        for place in entry.works_in:
            yield self._fact(Presence, row, kind=PresenceKind.WORKS_IN, place=place)

    def _fact(self, model: Any, row: Confirmed, **said: Any) -> Any:
        owner = self.written[row.number]
        key = new_key(f"{owner.key}.{model.noun}")
        return model(key=key, organisation=owner, seen=self.seen, **said)

    def _find_same(self, rows: Sequence[Confirmed]) -> None:
        """Those that were there. What the list calls them besides is added, by who may."""
        stored = organisations_by_key({row.key for row in rows if row.key}, self.setting)
        for row in sorted(rows, key=lambda it: it.number):
            found = stored.get(row.key) if row.key else self.written.get(row.row)
            if found is None:
                said = _("Row %(number)s: what it is the same as is no longer there.")
                raise Refused(said % {"number": row.number}, 409)
            self.written[row.number] = found
            self._add_what_is_missing(row, found)

    def _add_what_is_missing(self, row: Confirmed, found: Organisation) -> None:
        if found.protected or not rules.may_edit(self.setting.viewer, found):
            return
        entry = self.entries[row.number]
        known = {fold(name) for name in found.names.values_list("name", flat=True)}
        for kind, name in ((NameKind.ALIAS, entry.name), (NameKind.SHORT, entry.short)):
            if name and fold(name) not in known:
                known.add(fold(name))
                self.it.create(self._fact(Name, row, kind=kind, name=name))
        if entry.number and not found.identifiers.filter(scheme=Scheme.ORGNR).exists():
            self.it.create(self._fact(Identifier, row, scheme=Scheme.ORGNR, value=entry.number))


def organisations_by_key(keys: Iterable[str], setting: Setting) -> dict[str, Organisation]:
    """Those that the viewer may read, with their secretariats."""
    found: dict[str, Organisation] = {}
    for chunk in chunks(keys):
        rows = Organisation.objects.visible_to(setting.viewer).filter(key__in=chunk)
        found |= {it.key: it for it in rows.select_related("secretariat")}
    return found


def free_keys(names: Sequence[str]) -> list[str]:
    """A key for each name, that none has and none of the others gets."""
    slugs = [slugged(name) for name in names]
    taken: set[str] = set()
    for chunk in chunks({*slugs}):
        rows = Organisation.objects.filter(key__in=chunk)
        taken |= {*rows.values_list("key", flat=True)}
    return [_first_free(slug, taken) for slug in slugs]


def _first_free(slug: str, taken: set[str]) -> str:
    if slug in taken:
        like = Organisation.objects.filter(key__startswith=f"{slug}-")
        taken |= {*like.values_list("key", flat=True)}
    number, key = 1, slug
    while key in taken:
        number += 1
        key = f"{slug}-{number}"
    taken.add(key)
    return key
