"""Search beside its bare SQL: the same words asked of the same index, by one query written by hand.

The yardstick asks for as many candidates as search counts of a kind, of any kind, as the database gives
them: nothing is put in order, told by kind, or fetched to be shown. For misspelled words it asks twice:
for names that have a part of the word, and for the words that they were corrected to.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection

from bench.table import Line, number
from bench.timing import Times, clocked
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.search.asking import Asked, read
from tillit.kit.search.correcting import SHORT, find_or_correct, thirds
from tillit.kit.search.finding import CAP, Found, Reader
from tillit.kit.search.words import folded
from tillit.register.models import Name

MOST_TIMES, ROUNDS, MANY = 5.0, 5, 20
COMMON = (
    *("förening", "idrottsförening", "ideell", "lokal nivå", "idéburen", "stiftelse", "malmö"),
    *("stockholm", "göteborg", "kultur", "barn", "säte", "organisationsnummer", "ekonomisk"),
    *("hembygdsförening", "ordförande", "id", "s", "för", "stiftelsen i"),
)  # fmt: skip
SHORT_WRONG = ("mamlö", "lnud", "stigne")
HAND = {
    "sqlite": {
        "words": "SELECT e.id, e.title FROM search_words JOIN search_entry e "
        "ON e.id = search_words.rowid WHERE search_words MATCH %s AND e.circle = 'public' LIMIT %s",
        "pieces": "SELECT e.names, e.title FROM search_names JOIN search_entry e "
        "ON e.id = search_names.rowid WHERE search_names MATCH %s AND e.circle = 'public' LIMIT %s",
    },
    "postgresql": {
        "words": "SELECT id, title FROM search_entry "
        "WHERE words @@ to_tsquery('simple', %s) AND circle = 'public' LIMIT %s",
        "pieces": "SELECT names, title FROM search_entry "
        "WHERE names LIKE ANY(%s) AND circle = 'public' LIMIT %s",
    },
}


@dataclass(frozen=True)
class Case:
    """Words, and what is asked by hand for them."""

    words: str
    hand: Sequence[tuple[str, object]]

    def ours(self) -> Found:
        """As the page does: what is found, and the first of each kind to show."""
        found = find_or_correct(read(self.words), Reader(Viewer(), today()))
        found.hits([it for group in found.groups for it in group.ranked[:5]])
        return found

    def bare(self) -> None:
        with connection.cursor() as cursor:
            for statement, said in self.hand:
                cursor.execute(statement, [said, CAP + 1])
                cursor.fetchall()


def lines() -> list[Line]:
    rare = sample()
    kinds = {
        "rare": [case(it) for it in rare],
        "common": [case(it) for it in COMMON],
        "misspelled": [case(misspelled(it)) for it in rare],
        "misspelled and short": [case(it) for it in SHORT_WRONG],
    }
    timed = {name: measured(cases) for name, cases in kinds.items()}
    lines = [told(f"search, {name}", *timed[name], counted(cases)) for name, cases in kinds.items()]
    ours, bare = zip(*timed.values(), strict=True)
    every = Times([it for times in ours for it in times.rounds])
    by_hand = Times([it for times in bare for it in times.rounds])
    return [*lines, told("search, all of these", every, by_hand, goal=True)]


def measured(cases: Sequence[Case]) -> tuple[Times, Times]:
    """All the words by turns with their yardstick, some rounds."""
    for it in cases:
        it.ours()
        it.bare()
    rounds = [(clocked(it.ours), clocked(it.bare)) for _round in range(ROUNDS) for it in cases]
    ours, bare = zip(*rounds, strict=True)
    return Times(ours), Times(bare)


def counted(cases: Sequence[Case]) -> str:
    counts = [it.ours().count for it in cases]
    return f" ({min(counts)} to {max(counts)} found)"


def told(figure: str, ours: Times, bare: Times, more: str = "", *, goal: bool = False) -> Line:
    """By their 95th percentiles."""
    ratio = ours.p95 / bare.p95
    return Line(
        figure + more,
        number(ours.median),
        p95=number(ours.p95),
        yardstick=number(bare.p95),
        ratio=f"{ratio:.1f}",
        goal=f"p95 ≤ {MOST_TIMES:.0f} ×" if goal else "",
        over=["ratio"] if goal and ratio > MOST_TIMES else [],
    )


def sample() -> list[str]:
    """Whole names, taken from all over the register."""
    rows = Name.objects.official().order_by("pk")
    step = max(rows.count() // MANY, 1)
    return [str(rows[place].name) for place in range(0, step * MANY, step)]


def misspelled(name: str) -> str:
    """The name with two letters in each other's place, within its longest word."""
    word = max(name.split(), key=len)
    middle = len(word) // 2
    wrong = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return name.replace(word, wrong)


def case(words: str) -> Case:
    found = find_or_correct(read(words), Reader(Viewer(), today()))
    hand = HAND[connection.vendor]
    asked = [(hand["words"], typed(found.asked))]
    if found.corrected and (pieces := [*map(thirds, lost(words, found.corrected))]):
        asked.insert(0, (hand["pieces"], joined([it for some in pieces for it in some])))
    return Case(words, asked)


def lost(words: str, corrected: str) -> list[str]:
    """The words of which others were looked for, long enough to be looked for by their parts."""
    there = {folded(it) for it in corrected.split()}
    return [it for it in map(folded, words.split()) if it not in there and len(it) > SHORT]


def joined(pieces: Sequence[str]) -> object:
    if connection.vendor == "sqlite":
        return " OR ".join(f'"{it}"' for it in pieces)
    return [f"%{it}%" for it in pieces]


def typed(asked: Asked) -> str:
    """The words in the language of the database, all of them to be found."""
    way: Callable[[Sequence[str], bool], str] = _fts if connection.vendor == "sqlite" else _tsquery
    return (" AND " if connection.vendor == "sqlite" else " & ").join(
        way(it.stems, it.begun) for it in asked.phrases
    )


def _fts(stems: Sequence[str], begun: bool) -> str:
    return f'"{" ".join(stems)}"{" *" if begun else ""}'


def _tsquery(stems: Sequence[str], begun: bool) -> str:
    *others, last = stems
    quoted = [*(f"'{it}'" for it in others), f"'{last}'" + (":*" if begun else "")]
    return f"({' <-> '.join(quoted)})"
