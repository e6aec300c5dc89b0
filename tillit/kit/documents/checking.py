"""What every document must have before any format is made: headings in order, alternative text."""

from collections.abc import Iterable
from html.parser import HTMLParser


class BadDocument(ValueError):  # noqa: N818 (it is the document that is bad)
    """The template makes a document that not everybody could read."""


class Checked(HTMLParser):
    """A document's headings and pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.pictures: list[tuple[str, str]] = []  # where it lies, and what it shows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        elif tag == "img":
            self.pictures.append((said.get("src") or "", (said.get("alt") or "").strip()))


def shown_in(html: str) -> list[str]:
    """What its pictures show, in their order."""
    found = Checked()
    found.feed(html)
    return [alt for _name, alt in found.pictures]


def check(html: str, drawn: Iterable[str]) -> None:
    """Raise BadDocument if a heading is passed over, or a picture says nothing or is not ours."""
    found = Checked()
    found.feed(html)
    if found.levels[:1] != [1] or found.levels.count(1) != 1:
        raise BadDocument("A document begins with its title as the only h1.")
    for before, level in zip(found.levels, found.levels[1:], strict=False):
        if level > before + 1:
            raise BadDocument(f"A heading h{level} follows an h{before}: a level is left out.")
    known = set(drawn)
    for name, alt in found.pictures:
        if not alt:
            raise BadDocument(f"The picture {name} has no alternative text.")
        if name not in known:
            raise BadDocument(f"The picture {name} was not drawn by the document itself.")
