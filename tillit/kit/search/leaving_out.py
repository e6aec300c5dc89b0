"""Words that nothing has together: what has most of them, and which were left out."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import IntegerField, Value

from tillit.kit.search.asking import Asked, Phrase
from tillit.kit.search.backends import backend
from tillit.kit.search.finding import Found, Reader, find, together

ENOUGH = 50  # so far it is counted what has some words: fewer tell more
FEW = 6  # phrases of which every two are left out in turn
OFFERED = 3  # other choices of words that are offered

Places = tuple[int, ...]  # of phrases, in their order


@dataclass(frozen=True)
class Held:
    """How many rows have some of the phrases together, so far as it was counted."""

    asked: Asked
    counts: dict[Places, int]

    def alone(self, phrase: Phrase) -> int:
        return self.counts.get((self.asked.phrases.index(phrase),), 0)

    @property
    def there(self) -> Places:
        """Those that anything has at all, the rarest first."""
        alone = [it for it in self.counts if len(it) == 1 and self.counts[it]]
        return tuple(place for (place,) in sorted(alone, key=lambda it: (self.counts[it], it)))

    def best(self) -> list[Places]:
        """Where most phrases are together, the fewest rows first."""
        found = [it for it, count in self.counts.items() if count]
        most = max(map(len, found), default=0)
        return sorted((it for it in found if len(it) == most), key=lambda it: (self.counts[it], it))


def held(asked: Asked, reader: Reader, nouns: Collection[str] = ()) -> Held:
    """What has each phrase, and what has all but one, by one question. Nothing has all of them."""
    many = len(asked.phrases)
    if many < 2 or asked.only_titles:
        return Held(asked, {})
    places = tuple(range(many))
    sets = [(it,) for it in places] + list(combinations(places, many - 1))
    return Held(asked, _counted(asked, sets, reader, nouns))


def with_most(asked: Asked, known: Held, reader: Reader, nouns: Collection[str] = ()) -> Found:
    """What has most of the phrases, with those that were left out. Of several such choices the one
    by which least is found, for it tells most; the others are offered.
    """
    best = known.best()
    if best and len(best[0]) < len(asked.phrases) - 1:
        fewer = Held(asked, _counted(asked, list(_fewer(known.there)), reader, nouns))
        best = fewer.best() or best
    if not best:
        return Found(asked, (), reader)
    kept, *others = [[asked.phrases[it] for it in places] for places in best[: OFFERED + 1]]
    found = find(asked.with_only(kept), reader, nouns)
    left_out = [it for it in asked.phrases if it not in kept]
    otherwise = [asked.with_only(it).text for it in others]
    return Found(found.asked, found.groups, reader, left_out=left_out, otherwise=otherwise)


def _fewer(there: Places) -> Iterable[Places]:
    """Choices of phrases that something has: all of them, all but one or two, the rarest alone."""
    least = max(1, len(there) - (2 if len(there) <= FEW else 1))
    for many in range(least, len(there) + 1):
        yield from combinations(sorted(there), many)
    for many in range(1, least):
        yield tuple(sorted(there[:many]))


def _counted(
    asked: Asked, sets: Sequence[Places], reader: Reader, nouns: Collection[str]
) -> dict[Places, int]:
    each = list(dict.fromkeys(sets))
    queries = [_some_with(asked, it, number, reader, nouns) for number, it in enumerate(each)]
    counts = Counter(number for (number,) in together(queries))
    return {it: counts[number] for number, it in enumerate(each)}


def _some_with(
    asked: Asked, places: Places, number: int, reader: Reader, nouns: Collection[str]
) -> Any:
    rows = reader.rows.filter(noun__in=nouns) if nouns else reader.rows
    wanted = asked.with_only([asked.phrases[it] for it in places])
    some = backend().matching(rows, backend().said(wanted, titles=False), titles=False)
    return some.annotate(choice=Value(number, IntegerField())).values_list("choice")[:ENOUGH]
