"""Misspelled words: others like them, from names of what the viewer may read and from nowhere else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from django.db.models import TextField, Value

from tillit.kit.search.asking import Asked, Phrase, read
from tillit.kit.search.backends import backend
from tillit.kit.search.finding import Found, Reader, find, together
from tillit.kit.search.leaving_out import held, with_most
from tillit.kit.search.words import folded, stem, words_in

SHORTEST, SHORT = (
    4,
    6,
)  # letters of words that are corrected, and up to which all neighbours are tried
CANDIDATES, WORDS = (
    200,
    4,
)  # names that are looked at for a part of a word, and words that are corrected
NEAR, NEAR_SHORT = 0.74, 0.6  # how alike two words are, of 1; of short ones every letter is much
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def find_or_correct(asked: Asked, reader: Reader, nouns: Collection[str] = ()) -> Found:
    """What is found by what was typed; where nothing is, by words like those that nothing has; and
    where nothing has all of the words, by most of them.
    """
    found = find(asked, reader, nouns)
    if found or not asked:
        return found
    known = held(asked, reader, nouns)
    instead = corrected(asked, [it for it in asked.phrases if not known.alone(it)], reader)
    if not instead:
        return with_most(asked, known, reader, nouns)
    found = find(instead, reader, nouns) or with_most(
        instead, held(instead, reader, nouns), reader, nouns
    )
    # A word is not said to stand for another of which nothing is shown.
    return replace(found, corrected=instead.text) if found else Found(asked, (), reader)


def corrected(asked: Asked, wrong: Collection[Phrase], reader: Reader) -> Asked:
    """Asking for words like those of the wrong phrases; for nothing, when none of them is like any."""
    words = [it for phrase in wrong for it in phrase.words if _may_be_wrong(it)][:WORDS]
    known = nearest([folded(it) for it in words], reader)
    if not known:
        return Asked()
    right = [
        replace(it, words=tuple(known.get(folded(word), word) for word in it.words))
        if it in wrong
        else it
        for it in asked.phrases
    ]
    return read(" ".join(it.typed for it in right))


def _may_be_wrong(word: str) -> bool:
    return len(folded(word)) >= SHORTEST and not word.isdigit()


def nearest(words: Collection[str], reader: Reader) -> dict[str, str]:
    """For each folded word the one in a name that is most like it, as it is written there. By one
    question; a word that is in a name itself, or like none, is not among them.
    """
    queries = [
        it.annotate(word=Value(word, TextField())).values_list("word", "names", "title")[
            :CANDIDATES
        ]
        for word in dict.fromkeys(words)
        for it in (_neighbours(word, reader) if len(word) <= SHORT else _resembling(word, reader))
    ]
    known: dict[str, dict[str, str]] = {}
    for word, names, title in together(queries) if queries else ():
        known.setdefault(word, {}).update((other, title) for other in names.split())
    found = {
        word: most_like(word, others, NEAR_SHORT if len(word) <= SHORT else NEAR)
        for word, others in known.items()
    }
    return {
        word: spelled(like, known[word][like])
        for word, like in found.items()
        if like not in {word, ""}
    }


def most_like(word: str, known: Iterable[str], least: float) -> str:
    """The one that is most like the word; nothing, if none is as much as that."""
    matcher, best, found = SequenceMatcher(autojunk=False), least, ""
    matcher.set_seq2(word)
    for other in known:
        matcher.set_seq1(other)
        if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best:
            best, found = max((best, found), (matcher.ratio(), other))
    return found


def spelled(word: str, title: str) -> str:
    """The folded word as the title writes it, if it does."""
    written = (it[0] for it in words_in(title))
    return next((it for it in written if folded(it) == word), word)


def _neighbours(word: str, reader: Reader) -> list[Any]:
    """Names with the word, or with one that differs by a letter."""
    return [backend().titled(reader.rows, sorted({stem(it) for it in {word, *edits(word)}} - {""}))]


def edits(word: str) -> Iterator[str]:
    """Words with a letter more, less or other, or two in each other's place."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in LETTERS)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def _resembling(word: str, reader: Reader) -> list[Any]:
    """Names with any third of the word: two slips leave one of them whole."""
    return [backend().named(reader.rows, piece) for piece in thirds(word)]


def thirds(word: str) -> list[str]:
    """Its beginning, middle and end; where it begins and ends counts as a letter."""
    text = f" {word} "
    first, last = len(text) // 3, len(text) - len(text) // 3
    return [text[:first], text[first:last], text[last:]]
