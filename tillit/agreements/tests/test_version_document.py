"""A version as a document: /overenskommelser/skane/versioner/2010/dokument/, .pdf, .docx, .odt"""

import re
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.management import call_command

from tillit.agreements.documents import FORMS
from tillit.agreements.tests.acting import acts_for
from tillit.agreements.tests.factories import PartyFactory, SectionFactory
from tillit.kit.documents.tests.samples import elements, page_text, pdf_of, plain
from tillit.register.tests.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
PAGE = "/overenskommelser/skane/versioner/2010/"
URLS = [f"{PAGE}dokument/", *(f"{PAGE}dokument.{form}" for form in FORMS)]
EXAMPLE = Path(configured.PACKAGE).parent / "examples" / "skane"


def words(text):
    """The words of a text, one after the other, without what sets it."""
    return re.findall(r"\w+", re.sub(r"(?m)^\s*\d{1,2}\.\s", " ", text))


def of_pdf(data, title):
    """Its words, without the heads and feet of its pages."""
    pages = []
    for number, page in enumerate(pdf_of(data).pages, 1):
        lines = page.extract_text().splitlines()
        kept = [it for it in lines if not re.fullmatch(r"\d+ \(\d+\)", it.strip())]
        pages.append("\n".join(kept[1:] if number > 1 and kept[0].strip() == title else kept))
    return words("\n".join(pages))


@pytest.mark.parametrize("url", URLS)
def test_each_format_answers(client, skane, url, most_queries):
    with most_queries():
        response = client.get(url)
    assert response.status_code == 200
    assert len(response.content) > 2_000


def test_all_four_say_the_same_in_the_same_order(client, tmp_path, db):
    """The whole agreement of 2010, as the example has it."""
    call_command("places", verbosity=0)
    call_command("load", str(EXAMPLE), verbosity=0)
    page = client.get(URLS[0])
    on_page = words(page_text(page.content.decode()))
    assert len(on_page) > 900
    title = "Överenskommelse om samverkan mellan Region Skåne och den idéburna sektorn i Skåne"
    files = {form: client.get(f"{PAGE}dokument.{form}").content for form in FORMS}
    beginning = words(title)
    assert on_page[: len(beginning)] == beginning
    assert of_pdf(files["pdf"], title) == on_page
    for form in ("docx", "odt"):
        said = words(plain(files[form], form, tmp_path))
        if said[: len(beginning)] != beginning:  # Word has its title beside the text
            said = [*beginning, *said]
        assert said == on_page


def test_the_pdf_is_for_everybody(client, skane):
    pdf = pdf_of(client.get(URLS[1]).content)
    assert pdf.trailer["/Root"]["/Lang"] == "sv"
    levels = [it["/S"] for it in elements(pdf) if it["/S"] in {"/H1", "/H2", "/H3", "/H4"}]
    assert levels[0] == "/H1"
    tags = {it["/S"] for it in elements(pdf)}
    assert {"/Table", "/TH", "/L"} <= tags


def test_a_file_is_called_after_the_version_and_isnt_kept_by_others(client, skane):
    response = client.get(f"{PAGE}dokument.docx")
    assert response["Content-Disposition"] == 'attachment; filename="skane-2010.docx"'
    assert response["Cache-Control"] == "private, no-cache"
    assert "wordprocessingml" in response["Content-Type"]


def test_the_page_of_the_version_leads_to_all_of_them_and_tells_their_size(client, skane):
    size = len(client.get(URLS[1]).content)
    text = client.get(PAGE).content.decode()
    assert all(f'href="{url}"' in text for url in URLS)
    assert f"ungefär {round(size / 1000)} kB" in text


def test_a_number_that_is_left_out_does_not_stop_it(client, skane):
    version = skane.versions.get(key="skane.2010")
    SectionFactory(version=version, number="4.1.1", heading="Djupt", text="# Rubrik\n\n### Till")
    assert {client.get(url).status_code for url in URLS} == {200}


def test_it_has_the_parties_that_there_were_when_it_was_in_force(client, skane):
    board = OrganisationFactory(key="lansstyrelsen", name="Länsstyrelsen Skåne", sector="public")
    PartyFactory(agreement=skane, organisation=board, side="public", start="2016")
    assert board.name not in client.get(f"{PAGE}dokument/").content.decode()
    later = PAGE.replace("2010", "2021")
    assert board.name in client.get(f"{later}dokument/").content.decode()


def test_a_text_that_is_not_known_says_so(client, skane, tmp_path):
    url = "/overenskommelser/skane/versioner/2021/dokument"
    words = "Texten till den här versionen finns inte i källorna."
    assert words in client.get(f"{url}/").content.decode()
    assert words in plain(client.get(f"{url}.odt").content, "odt", tmp_path)


def test_what_is_written_in_english_too(client, skane):
    pdf = pdf_of(client.get(f"/en{PAGE}dokument.pdf").content)
    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert "sv" in {it.get("/Lang") for it in elements(pdf)}


def test_a_draft_is_for_the_parties_and_says_so_on_each_page(cast, skane):
    version = skane.versions.get(key="skane.2010")
    SectionFactory(version=version, number="9", text="Ord.\n\n" * 90)
    version.stage = "draft"
    version.guard()
    version.save()
    version.settle(None)
    acts_for("natverket")
    for url in URLS:
        assert cast.anonymous.get(url).status_code == 404
        assert cast.outsider.get(url).status_code == 404
    pages = pdf_of(cast.member.get(URLS[1]).content).pages
    assert len(pages) > 3
    assert all("Utkast, inte antaget" in it.extract_text() for it in pages)
    assert "Utkast, inte antaget" in cast.member.get(URLS[0]).content.decode()


@pytest.mark.parametrize("url", URLS)
def test_another_method_an_unknown_key_and_a_bad_day_are_refused(client, skane, url):
    assert client.post(url).status_code == 405
    assert client.get(url.replace("2010", "1999")).status_code == 404
    assert client.get(url, {"on": "i går"}).status_code == 400
