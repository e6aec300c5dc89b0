"""One chart with its words, in all four formats: what everything else is built on."""

import re
import zipfile
from io import BytesIO

import pytest
from PIL import Image

from tillit.kit.documents.checking import BadDocument
from tillit.kit.documents.tests.samples import (
    ALT,
    BARS,
    TEXT,
    document,
    elements,
    pdf_of,
    plain,
)


def test_the_page_draws_it_and_says_what_it_shows(settings, rf):
    text = document(settings).page(rf.get("/")).content.decode()
    assert f'role="img" aria-label="{ALT}"' in text
    assert "<svg xmlns" in text
    assert "style=" not in text


def test_the_pdf_has_it_as_a_figure_with_its_words(settings):
    pdf = pdf_of(document(settings).made("pdf"))
    [figure] = [it for it in elements(pdf) if it["/S"] == "/Figure"]
    assert figure["/Alt"] == ALT


def test_word_has_it_as_a_picture_with_its_words(settings):
    with zipfile.ZipFile(BytesIO(document(settings).made("docx"))) as it:
        assert f'descr="{ALT}"' in it.read("word/document.xml").decode()
        [name] = [name for name in it.namelist() if name.endswith(".png")]
        with Image.open(BytesIO(it.read(name))) as picture:
            assert picture.width > 900
            assert len(picture.getcolors(1_000_000)) > 10


def test_opendocument_has_it_as_a_picture_with_its_words(settings):
    with zipfile.ZipFile(BytesIO(document(settings).made("odt"))) as it:
        assert it.namelist()[0] == "mimetype"
        assert f"<svg:title>{ALT}</svg:title>" in it.read("content.xml").decode()
        assert [name for name in it.namelist() if name.endswith(".png")]


@pytest.mark.parametrize(("form", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_its_table_and_its_key_stand_beside_it(settings, tmp_path, form, part):
    made = document(settings).made(form)
    text = plain(made, form, tmp_path)
    assert "2012" in text
    assert "14" in text
    with zipfile.ZipFile(BytesIO(made)) as it:
        written = re.sub(r"<[^>]+>", "", it.read(part).decode())
    assert "● Idéburna, ■ Offentliga" in written


def test_bars_are_drawn_too(settings):
    assert pdf_of(document(settings, chart=BARS).made("pdf")).pages


@pytest.mark.parametrize("form", ["pdf", "docx", "odt"])
def test_the_same_content_gives_the_same_bytes(settings, form):
    assert document(settings).made(form) == document(settings).made(form)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('<img src="x.svg">', "no alternative text"),
        ('<img src="x.svg" alt=" ">', "no alternative text"),
        ('<img src="/etc/passwd" alt="En bild">', "not drawn by the document"),
        ('<img src="http://example.org/x.png" alt="En bild">', "not drawn by the document"),
        ("<h4>Nivå</h4>", "a level is left out"),
        ("<h1>En till</h1>", "the only h1"),
    ],
)
def test_a_template_that_not_everybody_could_read_is_refused(settings, more, words):
    with pytest.raises(BadDocument, match=words):
        document(settings, TEXT, more=more).made("pdf")
