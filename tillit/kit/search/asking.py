"""What people type, understood: words, a phrase in quotation marks, the beginning of the last word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tillit.kit.search.words import composed, stem, words_in

LONGEST, MOST = 200, 12  # characters and words that are looked at
SHORTEST_BEGINNING = 2
QUOTES = str.maketrans(dict.fromkeys("”“„«»″", '"'))
# Words that say nothing of what is meant. In quotation marks they count.
EMPTY = {
    *("och", "eller", "i", "på", "för", "av", "med", "till", "från", "om", "vid", "hos", "som"),
    *("en", "ett", "den", "det", "de", "att", "är", "the", "of", "and", "for", "in"),
}
EMPTY_STEMS = frozenset(map(stem, EMPTY))


@dataclass(frozen=True)
class Phrase:
    """Words that stand after each other; mostly a single one. Of one that is `begun`, the last word
    may go on.
    """

    stems: tuple[str, ...]
    begun: bool = False
    words: tuple[str, ...] = ()  # as typed

    def stands_in(self, stems: str) -> bool:
        """Whether it stands among the stems, each of which has a space before and after it."""
        return f" {' '.join(self.stems)}{'' if self.begun else ' '}" in stems

    @property
    def typed(self) -> str:
        """As it would be typed to mean the same."""
        return f'"{" ".join(self.words)}"' if len(self.stems) > 1 else " ".join(self.words)


@dataclass(frozen=True)
class Asked:
    """What is asked for: all of these phrases. Nothing, when there is no word in what was typed.

    only_titles  what was typed says so little that only titles are looked at.
    is_cut       more was typed than is looked at.
    """

    text: str = ""
    phrases: tuple[Phrase, ...] = ()
    only_titles: bool = False
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.phrases)

    @property
    def title_stems(self) -> str:
        """The stems that a title has which is just this."""
        return " ".join(it for phrase in self.phrases for it in phrase.stems)

    @property
    def as_typed(self) -> "Asked":
        """The same, with a last word that doesn't go on."""
        return replace(self, phrases=tuple(replace(it, begun=False) for it in self.phrases))

    def stands_in(self, title_stems: str) -> bool:
        """Whether a title with these stems has all that is asked for."""
        return all(it.stands_in(f" {title_stems} ") for it in self.phrases)

    def with_only(self, phrases: Sequence[Phrase]) -> "Asked":
        """Asking for these of the phrases, and no others."""
        text = " ".join(it.typed for it in phrases)
        return replace(self, text=text, phrases=tuple(phrases))


def read(typed: str) -> Asked:
    """Any text at all can be asked for."""
    text = " ".join(composed(typed[: LONGEST + 1]).split())[:LONGEST]
    phrases: list[Phrase] = []
    parts = text.translate(QUOTES).split('"')
    for place, part in enumerate(parts):
        found = [it[0] for it in words_in(part)]
        is_closed = place % 2 and place < len(parts) - 1
        phrases += _quoted(found) if is_closed else _loose(found)
    telling = [it for it in phrases if len(it.stems) > 1 or it.stems[0] not in EMPTY_STEMS]
    kept = telling or phrases
    return Asked(
        text,
        _begun(kept[:MOST], text),
        only_titles=not telling,
        is_cut=len(typed) > LONGEST or len(kept) > MOST,
    )


def _quoted(words: list[str]) -> list[Phrase]:
    kept = [it for it in words if stem(it)][:MOST]
    return [Phrase(tuple(map(stem, kept)), words=tuple(kept))] if kept else []


def _loose(words: list[str]) -> list[Phrase]:
    return [Phrase((stem(it),), words=(it,)) for it in words if stem(it)]


def _begun(phrases: list[Phrase], text: str) -> tuple[Phrase, ...]:
    """The last word may go on, unless it is a mere letter or a phrase was closed after it."""
    if not phrases or text.translate(QUOTES).endswith('"'):
        return tuple(phrases)
    *others, last = phrases
    return (*others, replace(last, begun=len(last.stems[-1]) >= SHORTEST_BEGINNING))
