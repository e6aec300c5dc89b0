"""What is found: documents that the contexts make of their rows, one for each subject and circle."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from tillit.kit.circles import PUBLIC
from tillit.kit.contributions import Text, contributions


class Span(NamedTuple):
    """The first and the last day on which something may have been."""

    first: date
    last: date


ALWAYS = Span(date.min, date.max)


@dataclass(frozen=True)
class Document:
    """What the readers of one circle may find a subject by, and are shown of it.

    names     what it is and was called, the title first; misspellings are found among these.
    lines     what else is told of it, a line each.
    unshown   more words that it is found by.
    beside    what is told beside the title where there is little room: what it is, and where.
    """

    subject: str
    circle: str
    title: str
    url: str
    names: Sequence[str]
    lines: Sequence[str]
    unshown: Sequence[str] = ()
    beside: Sequence[str] = ()
    span: Span = ALWAYS


@dataclass(frozen=True)
class Searchable:
    """A kind of subject that can be found. A context contributes it under `searchables`.

    noun            what its subjects begin with.
    title, order    its heading among what is found, and the place of that.
    keys()          the keys of all its rows.
    documents(keys) the documents of these rows; none for what is not there.
    follows(rows)   the keys of those documents that change with the rows, just written or removed.
    """

    noun: str
    title: Text
    order: int
    keys: Callable[[], Iterable[str]]
    documents: Callable[[Collection[str]], Iterator[Document]]
    follows: Callable[[Sequence[Any]], Iterable[str]]


def searchables() -> list[Searchable]:
    found = [it for given in contributions() for it in given.searchables]
    return sorted(found, key=lambda it: it.order)


class _Said(NamedTuple):
    place: str
    text: str
    circle: str
    span: Span | None


@dataclass
class Sheet:
    """What is said of one subject, from which the documents of each circle are made.

    Each thing is said in the circles that one must have to read it. Nobody is known by one circle to
    have another, so what takes two of them is found by nobody.
    `only_told`: in a circle that reads no line of it, the subject is not found either.
    """

    subject: str
    title: str
    url: str
    circle: str = PUBLIC
    span: Span = ALWAYS
    only_told: bool = False
    _said: list[_Said] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.name(self.title)

    def name(self, text: str, *circles: str) -> None:
        self._say("names", text, circles)

    def line(self, text: str, *circles: str, span: Span | None = None) -> None:
        self._say("lines", text, circles, span)

    def unshown(self, text: str, *circles: str) -> None:
        self._say("unshown", text, circles)

    def beside(self, text: str, *circles: str) -> None:
        self._say("beside", text, circles)

    def _say(self, place: str, text: str, circles: Iterable[str], span: Span | None = None) -> None:
        needed = {self.circle, *circles} - {PUBLIC}
        if text and len(needed) < 2:
            self._said.append(_Said(place, text, next(iter(needed), PUBLIC), span))

    def documents(self) -> Iterator[Document]:
        for circle in dict.fromkeys(it.circle for it in self._said):
            told = [it for it in self._said if it.circle in {PUBLIC, circle}]
            if not self.only_told or any(it.place == "lines" for it in told):
                yield self._document(circle, told)

    def _document(self, circle: str, told: Sequence[_Said]) -> Document:
        def of(place: str) -> list[str]:
            return list(dict.fromkeys(it.text for it in told if it.place == place))

        return Document(
            self.subject,
            circle,
            self.title,
            self.url,
            of("names"),
            of("lines"),
            of("unshown"),
            of("beside"),
            joined([it.span for it in told if it.span]) or self.span,
        )


def joined(spans: Sequence[Span]) -> Span | None:
    """From the first day of any to the last day of any."""
    if not spans:
        return None
    return Span(min(it.first for it in spans), max(it.last for it in spans))
