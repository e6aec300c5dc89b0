"""A document: one template and what it tells, made into every format."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override

from tillit.kit.documents import packing, running
from tillit.kit.documents.checking import check, shown_in
from tillit.kit.documents.letters import clean, told
from tillit.kit.documents.pictures import Pictures

Form = Literal["pdf", "docx", "odt"]
Shown = Callable[[str], str]  # how the letters of a text are told in a format
HERE = Path(__file__).parent
STYLE, FONTS = HERE / "style", HERE / "fonts"
FRAME, PAGE = "kit/documents/frame.html", "kit/documents/page.html"


@dataclass(frozen=True)
class Document:
    """What is told, in a language, as of a moment that its files bear: the same gives the same bytes.

    The template extends `frame`, fills `document`, and begins with its title as h1. `mark` is said at
    the head of each page: “Draft, not adopted”. `contents`: a list of contents after the front.
    """

    template: str
    context: Mapping[str, Any]
    title: str
    lang: str
    when: datetime
    mark: str = ""
    contents: bool = False
    pictures: Pictures = field(default_factory=Pictures)

    def made(self, as_: Form) -> bytes:
        """The file. Raises BadDocument for a template that breaks a rule, NotMade for too much."""
        with override(self.lang), TemporaryDirectory(prefix="tillit-document-") as folder:
            html = self.source()
            at = Path(folder)
            if as_ == "pdf":
                return self._pdf(html, at)
            self.pictures.lay_out_pixels(at, FONTS)
            return self._office(html, at, as_)

    def source(self) -> str:
        """The document as HTML and nothing besides, checked."""
        html = clean(render_to_string(self.template, self._told(FRAME)))
        check(html, self.pictures.drawn)
        return html

    def page(self, request: HttpRequest, **more: Any) -> HttpResponse:
        """The document to be read in a browser, and to be printed from there."""
        html = render_to_string(self.template, {**self._told(PAGE), **more}, request)
        return HttpResponse(html)

    def _told(self, frame: str) -> dict[str, Any]:
        return {**self.context, "frame": frame, "document": self, "pictures": self.pictures}

    def _pandoc(self, shown: Shown, html: str, at: Path, to: str, *more: str) -> bytes:
        said = {"title": shown(self.title), "lang": self.lang, "mark": shown(self.mark)}
        given = [f"--metadata={name}={value}" for name, value in said.items() if value]
        contents = ["--toc", "--toc-depth=2"] if self.contents else []
        words = ["--from=html", f"--to={to}", "--standalone"]
        filters = [f"--lua-filter={STYLE / 'document.lua'}"]
        return running.pandoc(
            shown(html).encode(), *words, *given, *contents, *filters, *more, at=at, day=self._day
        )

    def _pdf(self, html: str, at: Path) -> bytes:
        self.pictures.lay_out(at)
        source = self._pandoc(
            told, html, at, "typst", f"--template={STYLE / 'document.typ'}", "--wrap=none"
        )
        order = {"fonts": str(FONTS), "source": source.decode(), "day": self._day}
        return running.typst(json.dumps(order).encode(), at)

    def _office(self, html: str, at: Path, as_: Form) -> bytes:
        reference = STYLE / f"reference.{as_}"
        made = self._pandoc(clean, html, at, as_, f"--reference-doc={reference}", "--output=-")
        words = {"TITLE": self.title, "MARK": self.mark}
        return packing.finished(made, words, shown_in(html), self.when)

    @property
    def _day(self) -> int:
        return int(self.when.astimezone(UTC).timestamp())
