"""The places of a text where something that was asked for stands, as parts that are marked or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from re import Match

from tillit.kit.search.asking import Asked
from tillit.kit.search.words import stem, words_in

LONGEST, BEFORE = 200, 60  # characters of a line that are shown, and of those before the first hit
MOST = 2  # lines that are shown


@dataclass(frozen=True)
class Part:
    """A part of a text. One that is marked was asked for."""

    text: str
    marked: bool = False


Parts = Sequence[Part]


def marked(text: str, asked: Asked) -> list[Part]:
    """The text in parts, those that were asked for marked."""
    found, done = [], 0
    for word in hits(text, asked):
        found += [Part(text[done : word.start()]), Part(word[0], marked=True)]
        done = word.end()
    return [part for part in (*found, Part(text[done:])) if part.text]


def hits(text: str, asked: Asked) -> list[Match[str]]:
    whole = {it for phrase in asked.phrases for it in phrase.stems}
    begun = tuple(phrase.stems[-1] for phrase in asked.phrases if phrase.begun)
    return [
        word
        for word in words_in(text)
        for root in [stem(word[0])]
        if root in whole or (begun and root.startswith(begun))
    ]


def told(text: str, asked: Asked) -> list[list[Part]]:
    """The lines that tell most of what was asked for, in their order; the first when none does."""
    lines = text.splitlines()
    counts = {line: len({stem(it[0]) for it in hits(line, asked)}) for line in lines}
    best = sorted(lines, key=lambda line: -counts[line])[:MOST]
    chosen = [line for line in lines if line in best and counts[line]] or lines[:1]
    return [marked(window(line, asked), asked) for line in chosen]


def window(line: str, asked: Asked) -> str:
    """As much of a long line as is shown, around its first hit."""
    if len(line) <= LONGEST:
        return line
    first = next((it.start() for it in hits(line, asked)), 0)
    start = _at_word(line, max(0, first - BEFORE)) if first > BEFORE else 0
    end = line.rfind(" ", start + 1, start + LONGEST)
    end = end if end > first else start + LONGEST
    return f"{'… ' if start else ''}{line[start:end]}{' …' if end < len(line) else ''}"


def _at_word(line: str, start: int) -> int:
    """Where the next word begins."""
    return line.find(" ", start) + 1
