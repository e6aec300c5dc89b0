"""One version: /overenskommelser/skane/versioner/2010/"""

import pytest

from tillit.agreements.tests.acting import both_lead
from tillit.agreements.tests.factories import AdoptionFactory, SectionFactory
from tillit.register.tests.factories import OrganisationFactory, UnitFactory

pytestmark = pytest.mark.django_db
URL = "/overenskommelser/skane/versioner/2010/"


def test_its_text_stands_in_numbered_sections_one_within_another(client, skane, most_queries):
    SectionFactory(version=skane.versions.get(key="skane.2010"), number="10", heading="Sist")
    with most_queries():
        response = client.get(URL)
    numbers = [it.number for it in response.context["text"]]
    assert numbers == ["1", "2", "2.1", "10"]
    text = response.content.decode()
    assert '<h3><span class="text__number">2.1</span>' in text


def test_its_words_and_who_stood_behind_it(client, skane):
    text = client.get(URL).content.decode().replace("\u00ad", "")
    assert "Ideella föreningar, kooperativ" in text
    assert text.count("Undertecknade") == 2
    assert "29 jun 2010" in text


def test_one_whose_text_is_not_known_says_so(client, skane):
    text = client.get("/overenskommelser/skane/versioner/2021/").content.decode()
    assert "Texten till den här versionen finns inte i källorna." in text


def test_markdown_is_set_and_html_is_only_text(client, skane):
    SectionFactory(
        version=skane.versions.get(key="skane.2010"),
        number="4",
        text="- Dialog\n\n<script>alert(1)</script>\n\n[hit](javascript:alert(1))",
    )
    text = client.get(URL).content.decode()
    assert "<li>Dialog</li>" in text
    assert "<script>alert" not in text
    assert "javascript:" not in text.replace("[hit](javascript:alert(1))", "")


def test_a_unit_that_one_may_not_read_is_not_told(client, skane):
    hiding = OrganisationFactory(key="jouren", protected=True)
    unit = UnitFactory(organisation=hiding, key="jouren.styrelsen", name="Den dolda styrelsen")
    version = skane.versions.get(key="skane.2010")
    AdoptionFactory(version=version, organisation=hiding, unit=unit)
    assert "Den dolda styrelsen" not in client.get(URL).content.decode()
    answer = client.get("/api/v1/agreements/skane/versions").json()
    assert {it["unit"] for it in answer["items"][0]["adoptions"]} == {None}


def test_a_bad_day_another_method_and_an_unknown_key_are_refused(client, skane):
    assert client.get(URL, {"on": "i går"}).status_code == 400
    assert client.post(URL).status_code == 405
    assert client.get("/overenskommelser/skane/versioner/1999/").status_code == 404
    assert client.get("/overenskommelser/nationella/versioner/2010/").status_code == 404


def test_all_that_it_says_stands_there_as_in_its_documents(client, skane, most_queries):
    page = "/overenskommelser/skane/versioner/2010/"
    with most_queries():
        text = client.get(page).content.decode().replace("\xad", "")
    document = client.get(f"{page}dokument/").content.decode().replace("\xad", "")
    for words in (
        "Ett långsiktigt hållbart Skåne.",
        "Dialog",
        "Beakta den i budgeten.",
        "Tidigt samråd",
    ):
        assert words in text
        assert words in document


def test_a_party_reads_a_draft_at_no_more_questions(cast, draft, most_queries):
    both_lead()
    page = "/overenskommelser/skane/versioner/2027/"
    cast.member.get(page)
    with most_queries():
        assert cast.member.get(page).status_code == 200
