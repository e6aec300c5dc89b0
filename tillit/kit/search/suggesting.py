"""What somebody may mean who is still typing: names that begin so, have such a word, or nearly do.

Few questions, each with a bound, of nothing but the rows that the viewer may read.
"""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from tillit.kit.search.asking import Asked
from tillit.kit.search.backends import backend
from tillit.kit.search.correcting import corrected
from tillit.kit.search.finding import Candidate, Found, Hit, Reader, some, together
from tillit.kit.search.words import padded, stems

MOST = 8  # suggestions
SHORTEST = 2  # letters; of fewer nothing is suggested
LOOKED_AT = 100  # rows of each sort that are put in order
# The title begins so; it has the words; another name has them.
BEGINS, HAS_WORDS, WAS_CALLED = range(3)
AFTER = "\uffff"  # stands after whatever may go on


class Suggested(NamedTuple):
    """`hits` are for `asked`: what was typed, or words like it when nothing is called so."""

    asked: Asked
    hits: Sequence[Hit]


def suggested(asked: Asked, reader: Reader) -> Suggested:
    """At most so many, the likeliest first."""
    if sum(map(len, asked.title_stems.split())) < SHORTEST:
        return Suggested(asked, ())
    found = _named(asked, reader)
    if not found and (instead := corrected(asked, asked.phrases, reader)):
        asked, found = instead, _named(instead, reader)
    return Suggested(asked, Found(asked, (), reader).hits(found))


def _named(asked: Asked, reader: Reader) -> list[Candidate]:
    rows, beginning, piece = reader.rows, stems(asked.text), padded(asked.text).rstrip()
    said = backend().said(asked, titles=True)
    begins = rows.filter(title_stems__gte=beginning, title_stems__lt=beginning + AFTER)
    queries = [
        some(begins.order_by("title_stems"), BEGINS, reader.day, LOOKED_AT),
        some(backend().matching(rows, said, titles=True), HAS_WORDS, reader.day, LOOKED_AT),
        some(backend().named(rows, piece), WAS_CALLED, reader.day, LOOKED_AT),
    ]
    return _in_order([Candidate(*it) for it in together(queries)], beginning, piece)


def _in_order(found: Sequence[Candidate], beginning: str, piece: str) -> list[Candidate]:
    """Each subject once: what is called so, what begins so, what has the words; the shorter first."""
    best: dict[str, tuple[Any, Candidate]] = {}
    for it in found:
        begins = any(name.startswith(piece) for name in it.names.split("\n"))
        nearness = (it.title_stems != beginning, it.tier, not begins)
        order = (*nearness, *it.last)
        if it.subject not in best or order < best[it.subject][0]:
            best[it.subject] = (order, it)
    return [it for _order, it in sorted(best.values(), key=itemgetter(0))][:MOST]
