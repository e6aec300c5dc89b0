"""Misspelled words: others like them, from names of what the viewer may read and from nowhere else."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from tillit.kit.search.asking import Asked, read
from tillit.kit.search.backends import backend
from tillit.kit.search.finding import Found, Reader, find
from tillit.kit.search.words import folded, stem, words_in

SHORTEST, SHORT = (
    4,
    6,
)  # letters of words that are corrected, and up to which all neighbours are tried
CANDIDATES, WORDS = 200, 4  # names that are looked at for each word, and words that are corrected
NEAR, NEAR_SHORT = 0.74, 0.6  # how alike two words are, of 1; of short ones every letter is much
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def find_or_correct(asked: Asked, reader: Reader, nouns: Collection[str] = ()) -> Found:
    """What is found by what was typed; where nothing is, by words like these that there are."""
    return find(asked, reader, nouns) or corrected(asked, reader, nouns)


def corrected(asked: Asked, reader: Reader, nouns: Collection[str] = ()) -> Found:
    known = {
        word: nearest(word, reader)
        for word in dict.fromkeys(asked.words[:WORDS])
        if len(word) >= SHORTEST and not word.isdigit()
    }
    words = [known.get(it) or it for it in asked.words]
    if words == list(asked.words):
        return Found(asked, (), reader)
    instead = find(read(" ".join(words)), reader, nouns)
    return replace(instead, corrected=" ".join(words)) if instead else Found(asked, (), reader)


def nearest(word: str, reader: Reader) -> str:
    """The word in a name that is most like it, or nothing."""
    rows = _neighbours(word, reader) if len(word) <= SHORT else _resembling(word, reader)
    known = {
        other: title
        for names, title in rows.values_list("names", "title")[:CANDIDATES]
        for other in names.split()
    }
    best, found = max(((likeness(word, it), it) for it in known), default=(0.0, ""))
    if best < (NEAR_SHORT if len(word) <= SHORT else NEAR):
        return ""
    return word if found == word else spelled(found, known[found])


def spelled(word: str, title: str) -> str:
    """The folded word as the title writes it, if it does."""
    written = (it[0] for it in words_in(title))
    return next((it for it in written if folded(it) == word), word)


def likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


def _neighbours(word: str, reader: Reader) -> Any:
    """Names with the word, or with one that differs by a letter."""
    return backend().titled(reader.rows, sorted({stem(it) for it in {word, *edits(word)}} - {""}))


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


def _resembling(word: str, reader: Reader) -> Any:
    """Names that share most pieces of three letters with the word."""
    pieces = pieces_of(word)
    shared = [
        Case(When(names__contains=it, then=Value(1)), default=Value(0), output_field=IntegerField())
        for it in pieces
    ]
    rows = backend().named(reader.rows, pieces)
    return rows.annotate(shared=reduce(add, shared)).order_by("-shared", "pk")


def pieces_of(word: str) -> list[str]:
    text = f" {word} "
    return list(dict.fromkeys(text[place : place + 3] for place in range(len(text) - 2)))
