"""A document with one chart of lines and one of bars, and Word documents with whatever in them."""

import io
import zipfile
from datetime import UTC, datetime

import html5lib
import pypdf
from django.template import engines
from django.template.loaders.locmem import Loader

from tillit.kit.charts import Chart, Point, Series
from tillit.kit.documents.document import Document
from tillit.kit.documents.packing import FIRST_DAY
from tillit.kit.documents.running import pandoc

WHEN = datetime(2026, 1, 2, 12, tzinfo=UTC)
ALT = "Medlemmar: från 3 (2010) till 14 (2012). Alla siffror står i tabellen."
TEXT = """{% extends frame %}{% block document %}
<div class="front"><h1>{{ document.title }}</h1></div>
<h2>Hur det går</h2><p>Vi blir <strong>fler</strong>.</p>
{% drawn chart %}
<div class="civil"><p>Den idéburna sidan lovar.</p></div>
{{ more|safe }}
{% endblock %}"""


def points(*values):
    return [Point(str(2010 + it), value) for it, value in enumerate(values)]


CHART = Chart(
    "Medlemmar",
    "organisationer",
    kind="line",
    series=[
        Series("Idéburna", points(3, 8, 14), "civil"),
        Series("Offentliga", points(1, 2, 9), "public"),
    ],
)
BARS = Chart("Pengar", "kr", kind="bar", points=[Point("Regionen", 1_000), Point("Nätverket", 250)])


def document(settings, text=TEXT, **said):
    """A document of a template that is written here."""
    engine = engines["django"].engine
    engine.template_loaders[:] = [
        it for it in engine.template_loaders if not isinstance(it, Loader)
    ] + [Loader(engine, {"sample.html": text})]
    for loader in engine.template_loaders:
        loader.reset()
    words = {"title": "Prov på ett diagram", "lang": "sv", "when": WHEN, **said}
    context = {"chart": words.pop("chart", CHART), "more": words.pop("more", "")}
    return Document("sample.html", context, **words)


def plain(data, form, tmp_path):
    """The text of a DOCX or ODT, without what only sets it."""
    text = pandoc(data, f"--from={form}", "--to=plain", "--wrap=none", at=tmp_path)
    return text.decode()


def pdf_of(data):
    return pypdf.PdfReader(io.BytesIO(data))


def elements(pdf):
    """Of the tree of tags all elements, in their order."""

    def walk(node):
        node = node.get_object()
        if isinstance(node, pypdf.generic.ArrayObject):
            for it in node:
                yield from walk(it)
        elif isinstance(node, pypdf.generic.DictionaryObject):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    return list(walk(pdf.trailer["/Root"]["/StructTreeRoot"]))


def page_text(html):
    """What stands on the paper of a page, the bar above it left out."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    [main] = [it for it in root.iter() if it.tag == "main"]
    return " ".join(main.itertext())


def docx_of(markdown, tmp_path, **parts):
    """A Word document of Markdown; more parts by name, with dots for slashes: None takes one away."""
    made = pandoc(markdown.encode(), "--from=markdown", "--to=docx", "--output=-", at=tmp_path)
    return with_parts(made, parts)


def with_parts(data, parts):
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w") as new:
        found = {it: old.read(it) for it in old.namelist()}
        for name, content in parts.items():
            found[name] = content(found.get(name, b"")) if callable(content) else content
        for name, content in found.items():
            new.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()
