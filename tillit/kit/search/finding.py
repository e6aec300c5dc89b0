"""Asking the index: what a viewer finds, by kind, the best first.

The database finds candidates, so many of each kind and no more; they are put in order here, so that
the order is the same on both databases.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Case, IntegerField, Value, When
from django.urls import translate_url
from django.utils.translation import get_language, override

from tillit.kit.circles import PUBLIC, Viewer
from tillit.kit.search.asking import Asked, Phrase
from tillit.kit.search.backends import backend
from tillit.kit.search.documents import Searchable, searchables
from tillit.kit.search.models import Entry
from tillit.kit.search.snippets import Part, Parts, marked, told
from tillit.kit.search.words import padded

CAP = 200  # of a kind: so many candidates are put in order, and so far it is counted


class Candidate(NamedTuple):
    """What the order is made by."""

    pk: int
    circle: str
    noun: str
    subject: str
    title: str
    title_stems: str
    names: str
    tier: int
    holds: int  # 1 if there is such a thing on the day

    @property
    def last(self) -> tuple[Any, ...]:
        """What decides between those that are as near; of one subject, the row that tells more."""
        told = (len(self.title), self.title_stems, self.subject)
        return (-self.holds, *told, self.circle == PUBLIC, self.pk)


@dataclass(frozen=True)
class Hit:
    """A subject that was found, as it is shown. `day` is the one that it is shown for."""

    entry: Entry
    asked: Asked
    day: date

    @property
    def title(self) -> Parts:
        return marked(self.entry.title, self.asked)

    @property
    def lines(self) -> list[list[Any]]:
        return told(self.entry.text, self.asked)

    @property
    def beside(self) -> Parts:
        """One thing to tell beside the title: where it was found, if not in that, or what it is."""
        if not any(it.marked for it in self.title):
            for line in self.lines:
                if any(it.marked for it in line):
                    return line
        return [Part(self.entry.beside)]

    @property
    def kind(self) -> Searchable | None:
        return next((it for it in searchables() if it.noun == self.entry.noun), None)

    @property
    def url(self) -> str:
        """The page in the reader's language; the index has that in the installation's."""
        language = get_language() or settings.LANGUAGE_CODE
        with override(settings.LANGUAGE_CODE):
            return translate_url(self.entry.url, language)

    @property
    def has_ended(self) -> bool:
        return self.entry.possible_until < self.day

    @property
    def begins_later(self) -> bool:
        return self.entry.possible_from > self.day


@dataclass(frozen=True)
class Group:
    """What was found of one kind: how many, and the best of them in order."""

    kind: Searchable
    ranked: Sequence[Candidate]
    is_more: bool  # than is counted

    @property
    def count(self) -> int:
        return len(self.ranked)


@dataclass(frozen=True)
class Found:
    """All that was found, by kind. What is shown of it is fetched by one query."""

    asked: Asked
    groups: Sequence[Group]
    reader: "Reader"
    corrected: str = ""  # the words that were looked for instead
    left_out: Sequence[Phrase] = ()  # what was asked for too, and nothing has beside the rest
    otherwise: Sequence[str] = ()  # what finds something as well, with others left out

    def __bool__(self) -> bool:
        return bool(self.groups)

    @cached_property
    def count(self) -> int:
        return sum(it.count for it in self.groups)

    @property
    def is_more(self) -> bool:
        return any(it.is_more for it in self.groups)

    @property
    def kept_words(self) -> str:
        return listed(self.asked.phrases)

    @property
    def left_out_words(self) -> str:
        return listed(self.left_out)

    def group_of(self, noun: str) -> Group | None:
        return next((it for it in self.groups if it.kind.noun == noun), None)

    def hits(self, candidates: Collection[Candidate]) -> list[Hit]:
        """As they are shown, in their order."""
        rows = self.reader.rows.in_bulk([it.pk for it in candidates])
        day = self.reader.day
        return [Hit(rows[it.pk], self.asked, day) for it in candidates if it.pk in rows]


def listed(phrases: Sequence[Phrase]) -> str:
    return ", ".join(" ".join(it.words) for it in phrases)


@dataclass(frozen=True)
class Reader:
    """Who asks, of which day and which kind: of all days and kinds when none is given."""

    viewer: Viewer
    today: date
    on: date | None = None
    noun: str = ""

    @property
    def day(self) -> date:
        """The day that things are shown for."""
        return self.on or self.today

    @cached_property
    def rows(self) -> Any:
        rows = Entry.objects.visible_to(self.viewer).order_by()
        if self.noun:
            rows = rows.filter(noun=self.noun)
        if self.on is None:
            return rows
        return rows.filter(possible_from__lte=self.on, possible_until__gte=self.on)


def find(asked: Asked, reader: Reader, nouns: Collection[str] = ()) -> Found:
    """What the reader finds, among these kinds or all."""
    kinds = [it for it in searchables() if not nouns or it.noun in nouns]
    groups = _groups(asked, reader, kinds) if asked and kinds else []
    return Found(asked, groups, reader)


def _groups(asked: Asked, reader: Reader, kinds: Sequence[Searchable]) -> list[Group]:
    found, tier = _candidates(asked, reader, kinds), widest(asked)
    groups = []
    for kind in kinds:
        mine = [it for it in found if it.noun == kind.noun]
        is_more = sum(it.tier == tier for it in mine) > CAP
        ranked = ranked_by(asked, mine)[:CAP]
        if ranked:
            groups.append(Group(kind, ranked, is_more))
    return groups


JUST_THIS, IN_TITLE, ANYWHERE = range(3)
# What differs between one search and another, and between the parts of a search, stands for itself in
# the queries that they are made of: to have Django make them takes longer than to ask.
SAID, TIER = "\0said", -1
Query = tuple[str, tuple[Any, ...]]  # in words, and its values


def _candidates(asked: Asked, reader: Reader, kinds: Sequence[Searchable]) -> list[Candidate]:
    """Those of which it is the whole title, and those that have it anywhere.

    One word is asked for as typed, and then as it may go on: that takes long to look up where many words
    do, and there it is asked only of the kinds that don't have enough without it.
    """
    asking = Asking(asked, reader, tuple(it.noun for it in kinds))
    found, some, nouns = [], [], asking.nouns
    ways = (asked,) if len(asked.phrases) > 1 else (asked.as_typed, asked)
    for words in dict.fromkeys(ways):
        are_all = nouns == asking.nouns
        with nullcontext() if are_all else backend().by_index():
            some = asking.some(words, [nouns], just=words is ways[0])
        found += [it for it in some if it.tier == JUST_THIS]
        if asking.is_full(some):
            with backend().by_index():
                some = asking.some(words, [(it,) for it in nouns])
                full = [it for it in nouns if asking.is_full(some, it)]
                found += [it for it in some if it.noun in full] + asking.titled(words, full)
            nouns = tuple(it for it in nouns if it not in full)
        if not nouns:
            break
    return found + [it for it in some if it.noun in nouns]


def widest(asked: Asked) -> int:
    return IN_TITLE if asked.only_titles else ANYWHERE


class Asking:
    """One search, of a viewer's rows of some kinds: so many of each part and no more."""

    def __init__(self, asked: Asked, reader: Reader, nouns: tuple[str, ...]) -> None:
        self.asked, self.nouns = asked, nouns
        self.tier = widest(asked)
        circles = reader.viewer.circles
        self.just, self.in_titles, self.anywhere = _prepared(
            circles, reader.today, reader.on, nouns, connection.vendor
        )

    def some(
        self, words: Asked, parts: Sequence[Sequence[str]], *, just: bool = False
    ) -> list[Candidate]:
        """Those of the nouns of each part; and those of which it is the whole title."""
        whole = [told_in(self.just, {SAID: self.asked.title_stems})] if just else []
        return self._all_of([*whole, *(self._matching(words, it, self.tier) for it in parts)])

    def titled(self, words: Asked, nouns: Sequence[str]) -> list[Candidate]:
        """Those that have it in the title, of nouns of which there are more than were found."""
        parts = [self._matching(words, [it], IN_TITLE) for it in nouns if self.tier == ANYWHERE]
        return self._all_of(parts)

    def is_full(self, found: Sequence[Candidate], noun: str = "") -> bool:
        return sum(it.tier == self.tier and noun in {"", it.noun} for it in found) > CAP

    def _matching(self, words: Asked, nouns: Sequence[str], tier: int) -> Query:
        of_nouns = [] if len(nouns) == len(searchables()) else nouns
        said = backend().said(words, of_nouns, titles=tier == IN_TITLE)
        query = self.in_titles if tier == IN_TITLE else self.anywhere
        return told_in(query, {SAID: said, TIER: tier})

    def _all_of(self, parts: Sequence[Query]) -> list[Candidate]:
        return [Candidate(*it) for it in all_of(parts)] if parts else []


def told_in(query: Query, told: Mapping[Any, Any]) -> Query:
    """The query with what is told in the place of what stands for itself."""
    sql, values = query
    return sql, tuple(told.get(it, it) for it in values)


@lru_cache(maxsize=100)
def _prepared(
    circles: frozenset[str], today: date, on: date | None, nouns: tuple[str, ...], _vendor: str
) -> tuple[Query, Query, Query]:
    """What asks for whole titles, for words in titles, and for words anywhere."""
    reader = Reader(Viewer(circles), today, on)
    just = reader.rows.filter(title_stems=SAID, noun__in=nouns)
    titles, words = (backend().matching(reader.rows, SAID, titles=it) for it in (True, False))
    return (
        some(just, JUST_THIS, reader.day).query.sql_with_params(),
        some(titles, TIER, reader.day).query.sql_with_params(),
        some(words, TIER, reader.day).query.sql_with_params(),
    )


def some(rows: Any, tier: int, day: date, most: int = 0) -> Any:
    """So many of the rows and no more, with what their order is made by."""
    on_day = When(possible_from__lte=day, possible_until__gte=day, then=Value(1))
    told = {
        "tier": Value(tier, IntegerField()),
        "holds": Case(on_day, default=Value(0), output_field=IntegerField()),
    }
    return rows.annotate(**told).values_list(*Candidate._fields)[: most or CAP + 1]


def together(queries: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of all the queries, by one question. Django makes no union of parts with limits."""
    return all_of([it.query.sql_with_params() for it in queries])


def all_of(parts: Sequence[Query]) -> Iterator[tuple[Any, ...]]:
    """The same, of queries in words and their values."""
    sql = " UNION ALL ".join(
        f"SELECT * FROM ({part}) AS part_{number}" for number, (part, _of) in enumerate(parts)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for _part, values in parts for value in values])
        yield from cursor.fetchall()


def ranked_by(asked: Asked, found: Sequence[Candidate]) -> list[Candidate]:
    """Each subject once, the best first: by where it stands, then what there is on the day."""
    best: dict[str, tuple[Any, Candidate]] = {}
    just, typed, stems = asked.title_stems, padded(asked.text), set(asked.title_stems.split())
    for it in found:
        if it.title_stems == just or typed in it.names.split("\n"):
            nearness = 0
        elif not asked.stands_in(it.title_stems):
            nearness = 4
        elif it.title_stems.startswith(f"{just} "):
            nearness = 1
        else:
            nearness = 2 if stems.issubset(it.title_stems.split()) else 3
        order = (nearness, *it.last)
        if it.subject not in best or order < best[it.subject][0]:
            best[it.subject] = (order, it)
    return [it for _order, it in sorted(best.values(), key=itemgetter(0))]
