"""Misspelled words: others like them, from names of what the viewer may read and from nowhere else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from tillit.kit.search.asking import Asked, read
from tillit.kit.search.backends import backend
from tillit.kit.search.finding import Found, Reader, find, together
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
    queries = _neighbours(word, reader) if len(word) <= SHORT else _resembling(word, reader)
    parts = [it.values_list("names", "title")[:CANDIDATES] for it in queries]
    known = {other: title for names, title in together(parts) for other in names.split()}
    found = most_like(word, known, NEAR_SHORT if len(word) <= SHORT else NEAR)
    return found if found in {word, ""} else spelled(found, known[found])


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


def likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


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
