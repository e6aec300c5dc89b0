"""Misspelled words: others like them, from names of what the viewer may read and from nowhere else."""

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from tillit.kit.search.asking import read
from tillit.kit.search.backends import backend
from tillit.kit.search.finding import Found, Reader, find
from tillit.kit.search.words import stem

SHORTEST, SHORT = (
    4,
    6,
)  # letters of words that are corrected, and up to which all neighbours are tried
CANDIDATES, WORDS = 200, 4  # names that are looked at for each word, and words that are corrected
NEAR = 0.74  # how alike two words are, of 1
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def corrected(found: Found, reader: Reader) -> Found:
    """What is found instead by words that exist, when nothing was found by those that were typed."""
    asked = found.asked
    known = {
        word: nearest(word, reader)
        for word in dict.fromkeys(asked.words[:WORDS])
        if len(word) >= SHORTEST and not word.isdigit()
    }
    words = [known.get(it) or it for it in asked.words]
    if words == list(asked.words):
        return found
    instead = find(read(" ".join(words)), reader)
    if not instead:
        return found
    return replace(instead, corrected=" ".join(words))


def nearest(word: str, reader: Reader) -> str:
    """The word in a name that is most like it, or nothing."""
    rows = _neighbours(word, reader) if len(word) <= SHORT else _resembling(word, reader)
    names = rows.values_list("names", flat=True)[:CANDIDATES]
    near = {(likeness(word, it), it) for name in names for it in name.split()}
    best, found = max(near, default=(0.0, ""))
    return found if best >= (0.6 if len(word) <= SHORT else NEAR) else ""


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
