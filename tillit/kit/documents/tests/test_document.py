"""What every document has, whatever it tells: PDF/UA-1 and PDF/A-2a, its language, its title, its mark on each page."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest

from tillit.kit.documents import running
from tillit.kit.documents.running import NotMade
from tillit.kit.documents.tests.samples import document, elements, pdf_of, plain

LONG = "<h2>Mer</h2>" + "<p>Ord.</p>" * 120


def test_the_pdf_is_tagged_and_says_that_it_is_for_everybody(settings):
    pdf = pdf_of(document(settings).made("pdf"))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title == "Prov på ett diagram"
    assert pdf.metadata.creation_date == datetime(2026, 1, 2, 12, tzinfo=UTC)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_the_pdf_is_made_to_be_kept_for_long(settings):
    """PDF/A-2a: its colours and letters are in it, nothing is locked, and it has a number of its own."""
    pdf = pdf_of(document(settings).made("pdf"))
    root = pdf.trailer["/Root"]
    said = root["/Metadata"].get_object().get_data()
    assert b"<pdfaid:part>2</pdfaid:part>" in said
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in said
    [intent] = root["/OutputIntents"]
    assert intent.get_object()["/S"] == "/GTS_PDFA1"
    assert len(intent.get_object()["/DestOutputProfile"].get_data()) > 100
    assert "/ID" in pdf.trailer
    assert "/Encrypt" not in pdf.trailer
    embedded, loose = pdf.pages[0]._get_fonts()
    assert embedded
    assert not loose


def test_its_tags_tell_headings_lists_and_tables(settings):
    more = "<h3>Ett</h3><ul><li>a</li></ul><dl><dt>Ord</dt><dd>Mening</dd></dl>"
    found = [it["/S"] for it in elements(pdf_of(document(settings, more=more).made("pdf")))]
    assert {"/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD", "/P"} <= set(found)


def test_headings_are_what_one_finds_ones_way_by(settings):
    pdf = pdf_of(document(settings, more=LONG).made("pdf"))
    assert [it.title for it in pdf.outline] == ["Hur det går", "Mer"]


def test_each_page_says_its_number_and_its_mark(settings):
    pdf = pdf_of(document(settings, more=LONG, mark="Utkast, inte antaget").made("pdf"))
    count = len(pdf.pages)
    assert count > 3
    for number, page in enumerate(pdf.pages, 1):
        text = page.extract_text()
        assert f"{number} ({count})" in text
        assert "Utkast, inte antaget" in text


@pytest.mark.parametrize(("form", "part"), [("docx", "word/header1.xml"), ("odt", "styles.xml")])
def test_so_do_those_of_word_and_opendocument(settings, form, part):
    made = document(settings, mark="Utkast & mer", title="A < B").made(form)
    with zipfile.ZipFile(BytesIO(made)) as it:
        head = it.read(part).decode()
    assert "Utkast &amp; mer" in head
    assert "A &lt; B" in head
    assert "@" not in head.partition("<style:header>")[2]


@pytest.mark.parametrize(("form", "part"), [("docx", "docProps/core.xml"), ("odt", "meta.xml")])
def test_they_say_their_language_and_their_day(settings, form, part):
    with zipfile.ZipFile(BytesIO(document(settings).made(form))) as it:
        about = it.read(part).decode()
    assert "<dc:language>sv</dc:language>" in about
    assert about.count("2026-01-02T12:00:00Z") == 2


@pytest.mark.parametrize("form", ["pdf", "docx", "odt"])
@pytest.mark.parametrize(
    "text",
    [
        "#let x = 1 $x^2$ @någon *a* _b_ `c` // nej /* nej */ ~ \\ \\n <a> {{ x }} #{",
        "]]> ]] [[ ```` 100 % & é ñ €",
        "Sámi: čáŋŋŧžđ. Polski: ąęłżź. Ελληνικά. Кириллица. مرحبا",
    ],
)
def test_whatever_people_write_stays_text(settings, tmp_path, form, text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    made = document(settings, more=f"<p>{escaped}</p>").made(form)
    if form != "pdf":
        assert " ".join(text.split()) in " ".join(plain(made, form, tmp_path).split())


def test_letters_that_no_font_has_are_told_by_name_on_paper(settings):
    pdf = pdf_of(document(settings, more="<p>Hurra 🎉 och 中\x07</p>", title="Fest 🎉").made("pdf"))
    text = " ".join(it.extract_text() for it in pdf.pages)
    assert "Hurra [party popper] och [cjk unified ideograph-4e2d]" in text
    assert pdf.metadata.title == "Fest [party popper]"


def test_a_list_in_another_language_keeps_its_first_item(settings):
    more = '<div lang="en"><ul><li>first</li><li>second</li></ul></div>'
    pdf = pdf_of(document(settings, more=more).made("pdf"))
    assert len([it for it in elements(pdf) if it["/S"] == "/LI"]) == 2
    assert "en" in {it.get("/Lang") for it in elements(pdf)}


def test_links_lead_out_and_nowhere_else(settings):
    more = '<p><a href="https://a.se">ut</a> <a href="#inne">in</a> <a href="javascript:x()">js</a></p>'
    pdf = pdf_of(document(settings, more=more).made("pdf"))
    found = [
        note.get_object()["/A"]["/URI"] for page in pdf.pages for note in page.get("/Annots", [])
    ]
    assert found == ["https://a.se"]


def test_what_takes_too_long_is_ended_and_told(settings, monkeypatch):
    monkeypatch.setattr(running, "SECONDS", 0.01)
    with pytest.raises(NotMade) as refused:
        document(settings).made("pdf")
    assert refused.value.status == 503


def test_what_takes_too_much_memory_is_ended_and_told(settings, monkeypatch):
    monkeypatch.setattr(running, "MEGABYTES", 1)
    with pytest.raises(NotMade):
        document(settings, more="<p>Ord.</p>" * 40_000).made("docx")
