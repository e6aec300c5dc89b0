"""A draft's text from Word: /overenskommelser/skane/versioner/utkast/fran-word/"""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tillit.agreements import taking_in
from tillit.agreements.models import Section, Version
from tillit.agreements.tests.acting import acts_for
from tillit.agreements.tests.factories import AdoptionFactory, SectionFactory, VersionFactory
from tillit.kit.changes import Actor, undo
from tillit.kit.documents.tests.samples import docx_of
from tillit.kit.files.tests.samples import PDF, office
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused

pytestmark = pytest.mark.django_db
PAGE = "/overenskommelser/skane/versioner/utkast/"
URL, CONFIRM = f"{PAGE}fran-word/", f"{PAGE}fran-word/granskning/"
TEXT = "# Bakgrund\n\nNy bakgrund.\n\n# Syfte\n\nDetta är syftet.\n\n## Mål\n\nMålen.\n"


@pytest.fixture
def draft(skane):
    it = VersionFactory(
        agreement=skane, key="skane.utkast", label="Utkast", stage="draft", start="", end=""
    )
    SectionFactory(version=it, number="1", heading="Bakgrund", text="Gammal.")
    SectionFactory(version=it, number="7", heading="Sist", text="Går bort.")
    return it


@pytest.fixture
def writer(cast, draft):
    acts_for("natverket")
    return cast.member


def word(tmp_path, text=TEXT, name="text.docx", **parts):
    return SimpleUploadedFile(name, docx_of(text, tmp_path, **parts))


def sealed(response):
    return unescape(re.search(r'name="taken" value="([^"]+)"', response.content.decode())[1])


def texts(draft):
    return {it.number: (it.heading, it.text) for it in Section.objects.filter(version=draft)}


def test_the_page_of_a_draft_leads_there(writer):
    assert f'href="{URL}"' in writer.get(PAGE).content.decode()
    assert "fran-word" not in writer.get("/overenskommelser/skane/versioner/2010/").content.decode()


def test_it_is_shown_and_nothing_is_written(writer, draft, tmp_path, most_queries):
    before = texts(draft)
    with most_queries():
        response = writer.post(URL, {"file": word(tmp_path)})
    text = response.content.decode()
    assert response.status_code == 200
    assert "Detta är syftet." in text
    assert "Ersätter" in text
    assert "Avsnitt i utkastet som tas bort" in text
    assert texts(draft) == before


def test_confirmed_it_is_one_change_that_can_be_taken_back(writer, draft, tmp_path):
    before, key = texts(draft), Section.objects.get(version=draft, number="1").key
    taken = sealed(writer.post(URL, {"file": word(tmp_path)}))
    response = writer.post(CONFIRM, {"taken": taken, "reason": "Arbetsgruppens utkast"})
    assert response["Location"] == PAGE
    assert texts(draft) == {
        "1": ("Bakgrund", "Ny bakgrund."),
        "2": ("Syfte", "Detta är syftet."),
        "2.1": ("Mål", "Målen."),
    }
    assert Section.objects.get(version=draft, number="1").key == key
    assert {it.circle for it in Section.objects.filter(version=draft)} == {draft.circle}
    first = Activity.objects.filter(part_of=None, reason="Arbetsgruppens utkast").get()
    undo(first, Actor("person:mina"))
    assert texts(draft) == before


def test_what_was_doubtful_is_named(writer, draft, tmp_path):
    tracked = (
        '# 2. Ett\n\n[nytt]{.insertion author="a" date="2026-01-01T00:00:00Z"}\n\n# 2. Två\n\nb\n'
    )
    text = writer.post(URL, {"file": word(tmp_path, tracked)}).content.decode()
    assert "1 spårad ändring räknas som godkänd" in text
    assert "Rubriken hade nummer 2; efter sin plats är den 1." in text


def test_who_comes_second_sees_what_stands_now_and_decides(writer, draft, tmp_path):
    taken = sealed(writer.post(URL, {"file": word(tmp_path)}))
    Section.objects.filter(version=draft, number="1").update(text="Skrivet under tiden.")
    response = writer.post(CONFIRM, {"taken": taken, "reason": "Mitt skäl"})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Skrivet under tiden." in text
    assert "Mitt skäl" in text
    assert texts(draft)["1"][1] == "Skrivet under tiden."
    assert writer.post(CONFIRM, {"taken": sealed(response)}).status_code == 302
    assert texts(draft)["1"][1] == "Ny bakgrund."


@pytest.mark.parametrize("taken", ["", "påhittat", "x" * 5_000])
def test_what_was_tampered_with_is_refused(writer, draft, taken):
    assert writer.post(CONFIRM, {"taken": taken}).status_code == 400


def test_what_was_recognised_for_one_version_is_not_written_in_another(writer, draft, tmp_path):
    taken = sealed(writer.post(URL, {"file": word(tmp_path)}))
    VersionFactory(agreement=draft.agreement, key="skane.annat", stage="draft", start="", end="")
    other = CONFIRM.replace("utkast", "annat")
    assert writer.post(other, {"taken": taken}).status_code == 400


def test_who_comes_to_the_confirmation_directly_is_asked_for_the_document(writer):
    assert writer.get(CONFIRM)["Location"] == URL


FILES = {
    "nothing": (None, "Välj en fil"),
    "macros": (("a.docx", office(**{"word/vbaProject.bin": b"x"})), "makron"),
    "named docm": (("a.docm", office(**{"word/vbaProject.bin": b"x"})), "makron"),
    "a password": (("a.docx", b"\xd0\xcf\x11\xe0" + b"x" * 600), "lösenord"),
    "a PDF": (("a.pdf", PDF), "Det här är PDF"),
    "a workbook": (("a.xlsx", office("spreadsheetml.sheet")), "Det här är XLSX"),
    "a text": (("a.txt", b"Hej"), "Word-dokument"),
    "no document": (("a.docx", office()), "trasigt"),
    "a bomb": (("a.docx", office(**{"word/document.xml": "x" * 30_000_000})), "alldeles för stor"),
}


@pytest.mark.parametrize("what", FILES)
def test_what_is_no_such_document_gets_words(writer, what):
    file, words = FILES[what]
    response = writer.post(URL, {"file": SimpleUploadedFile(*file)} if file else {})
    assert response.status_code == 422
    assert words in response.content.decode()


def test_of_more_than_500_pages_it_is_refused_with_words(writer, tmp_path):
    pages = {"docProps/app.xml": b"<Properties><Pages>800</Pages></Properties>"}
    response = writer.post(URL, {"file": word(tmp_path, **pages)})
    assert response.status_code == 422
    assert "mer än 500 sidor" in response.content.decode()


def test_an_adopted_version_takes_no_text(writer, draft, tmp_path):
    adopted = URL.replace("utkast", "2010")
    assert writer.get(adopted).status_code == 403
    taken = sealed(writer.post(URL, {"file": word(tmp_path)}))
    Version.objects.filter(pk=draft.pk).update(stage="adopted", circle="public")
    assert writer.post(CONFIRM, {"taken": taken}).status_code == 403


def test_what_a_party_adopts_before_it_is_confirmed_stands(writer, draft, tmp_path):
    before = texts(draft)
    response = writer.post(URL, {"file": word(tmp_path)})
    seal = sealed(response)
    AdoptionFactory(version=draft, kind="adopted")
    assert writer.post(CONFIRM, {"taken": seal}).status_code == 403
    seen = Version.objects.get(pk=draft.pk)
    with pytest.raises(Refused, match="antagit"):
        taking_in.write(taking_in.unsealed(seal, seen), seen, Actor("person:mina"), "")
    assert texts(draft) == before


def test_others_are_refused(cast, draft):
    for url in (URL, CONFIRM):
        assert cast.outsider.get(url).status_code == 404
        assert cast.anonymous.get(url).status_code == 302
        assert cast.anonymous.post(url).status_code == 403
        assert cast.coordinator.put(url).status_code in {403, 405}


def test_either_side_may(cast, draft):
    acts_for("region-skane")
    assert cast.member.get(URL).status_code == 200
