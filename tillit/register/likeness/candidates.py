"""Whom in the register a row may be the same as: found by indexed keys, never by comparing all.

For some hundred rows at a time the keys are asked for together. Only rows of which nothing is found
that way are looked for by how their names begin and end, some dozens by one question.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain, islice
from typing import Any

from django.db.models import IntegerField, Q, Value

from tillit.kit.circles import Viewer
from tillit.kit.loading.resolving import chunks
from tillit.kit.search.finding import Query, all_of, told_in
from tillit.register.choices import NameKind, PresenceKind, Scheme
from tillit.register.identifiers import check_orgnr
from tillit.register.likeness.evidence import Likeness
from tillit.register.likeness.naming import NameParts, placed
from tillit.register.likeness.organisations import Called, Profile, most_alike
from tillit.register.likeness.spelling import after, sound
from tillit.register.models import Identifier, Name, Organisation, Presence

MOST_OF_KEY = 30  # organisations that one key may bring: many are called Hembygdsföreningen
MOST_OF_SPELLING = 30
MOST_KEPT = 10_000
PROBES = 50  # beginnings and ends that are asked for at a time
# Letters by which names are looked for that are spelled otherwise in one place: half of them are
# spelled as they should be.
LEAST_OF_PART, LEAST_OF_WORD = 3, 3
SHOWN = "key", "name", "level", "sector", "parent__name"  # of an organisation
ACRONYM = 2, 8  # letters
Alike = list[tuple[Profile, Likeness]]
# What differs between many questions stands for itself in the one that Django makes of them.
AT, SINCE, UNTIL, HERE = -1, "\0since", "\0until", "\0here"


def alike_in_register(
    wanted: Sequence[Profile],
    sectors: Iterable[str],
    viewer: Viewer,
    day: date,
    *,
    misspelled: bool = True,
    most: int | None = None,
) -> list[Alike]:
    """For each of the wanted those of the sectors that may be the same, the likeliest first: so many
    of them, or all.

    Not `misspelled`: only those that have a key in common, which is asked for all rows at once.
    """
    search = Search([*sectors], viewer, misspelled=misspelled)
    profiles = Profiles(viewer, day)
    parts = (_alike(some, search, profiles) for some in chunks(wanted))
    return [alike[:most] for part in parts for alike in part]


def _alike(wanted: Sequence[Profile], search: "Search", profiles: "Profiles") -> Iterator[Alike]:
    found = search.candidates(wanted)
    known = profiles.of({*chain.from_iterable(found)})
    for one, pks in zip(wanted, found, strict=True):
        yield most_alike(one, (known[pk] for pk in pks if pk in known))


class Profiles:
    """What is known of those that are found again and again; so many of them are kept, not all."""

    def __init__(self, viewer: Viewer, day: date) -> None:
        self.viewer, self.day = viewer, day
        self._kept: dict[int, Profile] = {}

    def of(self, pks: set[int]) -> dict[int, Profile]:
        if len(self._kept) > MOST_KEPT:
            self._kept = {}
        self._kept |= profiles_of(pks - self._kept.keys(), self.viewer, self.day)
        return self._kept


class Search:
    """One search for the organisations of some sectors that a viewer may read."""

    def __init__(self, sectors: Sequence[str], viewer: Viewer, *, misspelled: bool = True) -> None:
        self.viewer, self.misspelled = viewer, misspelled
        rows = Name.objects.visible_to(viewer).filter(organisation__sector__in=sectors)
        self.names = rows.filter(organisation__circle__in=viewer.circles).order_by()

    def candidates(self, wanted: Sequence[Profile]) -> list[set[int]]:
        """By primary keys. Of one that is in the register itself, the others."""
        parts = [[name.parts for name in one.names] for one in wanted]
        wished = [{key for name in names for key in _keys_asked(name)} for names in parts]
        asked = {*chain.from_iterable(wished)}
        by_key = self._by({key for column, key in asked if column == "sound"}, "sound")
        by_key |= self._by({key for column, key in asked if column == "initials"}, "initials")
        by_number = self._by_number(wanted)
        found = []
        for one, keys in zip(wanted, wished, strict=True):
            pks = {pk for key in keys for pk in by_key.get(key, ())}
            pks |= {pk for it in one.numbers for pk in by_number[check_orgnr(it).digits]}
            pks.discard(one.pk)
            found.append(pks)
        if self.misspelled:
            lost = {at: parts[at] for at, pks in enumerate(found) if not pks}
            for at, pk in self._spelled_nearly(lost):
                found[at].add(pk)
        return [pks - {one.pk} for one, pks in zip(wanted, self._with_parts(found), strict=True)]

    def _by(self, keys: Iterable[str], column: str) -> dict[tuple[str, str], list[int]]:
        """Organisations by a key that their names have."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for chunk in chunks(keys):
            rows = self.names.filter(**{f"{column}__in": chunk})
            for key, pk in rows.values_list(column, "organisation_id"):
                if len(found[column, key]) < MOST_OF_KEY:
                    found[column, key].append(pk)
        return found

    def _by_number(self, wanted: Sequence[Profile]) -> dict[str, list[int]]:
        digits = {check_orgnr(number).digits for one in wanted for number in one.numbers}
        found: dict[str, list[int]] = defaultdict(list)
        rows = Identifier.objects.visible_to(self.viewer).filter(scheme=Scheme.ORGNR).order_by()
        for chunk in chunks(digits - {""}):
            for value, pk in rows.filter(digits__in=chunk).values_list("digits", "organisation_id"):
                found[value].append(pk)
        return found

    def _spelled_nearly(
        self, wanted: Mapping[int, Sequence[NameParts]]
    ) -> Iterator[tuple[int, int]]:
        """By the beginning and the end, the letters of one of which are as they should be."""
        queries = (
            self._near(name, column, prefix, at)
            for at, names in wanted.items()
            for name in names
            for column, prefix in _probes(name)
        )
        while some := list(islice(queries, PROBES)):
            yield from all_of(some)

    def _near(self, name: NameParts, column: str, prefix: str, at: int) -> Query:
        here = placed("", name.whereabouts)
        told = {AT: at, SINCE: prefix, UNTIL: after(prefix), f"%{HERE}": f"%{here}"}
        return told_in(self._questions[column, bool(name.places)], told)

    @cached_property
    def _questions(self) -> dict[tuple[str, bool], Query]:
        """For names that lie near, by the column and whether a place is named."""
        found = {}
        for column in ("sound", "sound_backwards"):
            span = Q(**{f"{column}__gte": SINCE, f"{column}__lt": UNTIL})
            numbered = self.names.filter(span).annotate(at=Value(AT, IntegerField()))
            near = numbered.values_list("at", "organisation_id")
            for is_placed, rows in ((False, near), (True, near.filter(_in_its_place(column)))):
                query = rows[:MOST_OF_SPELLING].query
                found[column, is_placed] = query.sql_with_params()
        return found

    def _with_parts(self, found: list[set[int]]) -> list[set[int]]:
        """Parts of those that were found too: a chain's local branch may go by the chain's name."""
        parts: dict[int, list[int]] = defaultdict(list)
        for chunk in chunks({*chain.from_iterable(found)}):
            rows = Organisation.objects.visible_to(self.viewer).filter(parent__in=chunk)
            for above, pk in rows.order_by().values_list("parent_id", "pk"):
                parts[above].append(pk)
        return [pks | {it for pk in pks for it in parts[pk][:MOST_OF_KEY]} for pks in found]


def _keys_asked(name: NameParts) -> Iterator[tuple[str, str]]:
    """Columns and keys by which the name is found: in its own place, and without any place."""
    if not name.words:
        return
    for where in {name.whereabouts, ""}:
        yield "sound", placed(name.sound, where)
        yield from (
            ("sound", placed(sound(it), where)) for it in {*name.initials, name.short} - {""}
        )
        if ACRONYM[0] <= len(name.core) <= ACRONYM[1]:
            yield "initials", placed(name.core, where)


def _in_its_place(column: str) -> Q:
    """Keys that end with the place of the name, or with none."""
    return Q(**{f"{column}__endswith": HERE}) | Q(**{f"{column}__endswith": placed("")})


def _probes(name: NameParts) -> Iterator[tuple[str, str]]:
    """Columns and what they begin with, for names that are spelled otherwise in one place."""
    if not name.words:
        return
    whole, first, last = name.sound, sound(name.words[0]), sound(name.words[-1])
    size = (len(whole) - 1) // 2
    if not name.places:
        yield "sound", placed(whole)
    if size >= LEAST_OF_PART:
        yield "sound", whole[:size]
        yield "sound_backwards", whole[::-1][:size]
    if len(name.words) > 1 and len(first) >= LEAST_OF_WORD:
        yield "sound", first
    if len(name.words) > 1 and len(last) >= LEAST_OF_WORD:
        yield "sound_backwards", last[::-1]


def profiles_of(pks: Iterable[int], viewer: Viewer, day: date) -> dict[int, Profile]:
    """What the organisations are known by, as far as the viewer may read; four questions for all."""
    found: dict[int, Profile] = {}
    for chunk in chunks(pks):
        organisations = Organisation.objects.visible_to(viewer).filter(pk__in=chunk)
        own = Q(organisation__in=chunk)
        names = _grouped(Name, own, viewer, "name", "kind", "possible_until")
        numbers = _grouped(Identifier, own & Q(scheme=Scheme.ORGNR), viewer, "value")
        seats = _grouped(Presence, own & Q(kind=PresenceKind.SEAT), viewer, "place_id")
        shown = organisations.select_related("parent").only(*SHOWN)
        for it in shown.order_by():
            found[it.pk] = profile_of(it, names[it.pk], numbers[it.pk], seats[it.pk], day)
    return found


def profile_of(
    it: Organisation, names: Iterable[Any], numbers: Iterable[Any], seats: Iterable[Any], day: date
) -> Profile:
    """What one is known by, of rows that have been fetched."""
    return Profile(
        names=(Called(it.name), *_other_names(it, names, day)),
        numbers=tuple(row.value for row in numbers),
        seats=frozenset(row.place_id for row in seats),
        level=it.level,
        parent=it.parent.name if it.parent else "",
        key=it.key,
        sector=it.sector,
        pk=it.pk,
    )


def _grouped(model: Any, own: Q, viewer: Viewer, *columns: str) -> dict[int, list[Any]]:
    """Columns of the rows of each organisation, by names."""
    found: dict[int, list[Any]] = defaultdict(list)
    rows = model.objects.visible_to(viewer).filter(own).order_by("organisation", "pk")
    for row in rows.values_list("organisation_id", *columns, named=True):
        found[row.organisation_id].append(row)
    return found


def _other_names(it: Organisation, rows: Iterable[Any], day: date) -> Iterator[Called]:
    for row in rows:
        if row.name != it.name:
            former = row.kind == NameKind.OFFICIAL and row.possible_until < day
            yield Called(row.name, row.kind, is_former=former)


def alike_among(
    rows: Sequence[Profile], *, most: int | None = None
) -> list[list[tuple[int, Likeness]]]:
    """For each row the earlier ones of the same list that may be the same, by their places."""
    places: dict[str, list[int]] = defaultdict(list)
    found: list[list[tuple[int, Likeness]]] = []
    for at, one in enumerate(rows):
        keys = set(chain.from_iterable(_keys(it.parts) for it in one.names))
        keys |= {check_orgnr(it).digits for it in one.numbers}
        earlier = {place for key in keys for place in places[key][:MOST_OF_KEY]}
        by_place = {id(rows[place]): place for place in earlier}
        alike = most_alike(one, (rows[place] for place in sorted(earlier)))
        found.append([(by_place[id(other)], likeness) for other, likeness in alike[:most]])
        for key in keys:
            places[key].append(at)
    return found


def _keys(name: NameParts) -> Iterator[str]:
    """By which names of one list meet: the whole, each word, what it is short for, how it begins."""
    yield name.sound
    yield from (sound(word) for word in name.words)
    yield from name.initials
    yield name.core
    for column, prefix in _probes(name):
        yield f"{column} {prefix}"
