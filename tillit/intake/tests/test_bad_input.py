"""What can be wrong with a list or file: each is read as people mean it, or refused with clear words."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from tillit.intake.models import Intake
from tillit.intake.tests.bringing import bring, brought, recognised, rows_of, titles
from tillit.kit.grids import archives
from tillit.kit.grids.grid import MOST_LINES
from tillit.register.tests.factories import OrganisationFactory, PlaceFactory

pytestmark = pytest.mark.django_db
NAMES = ["Röda korset; region, Mellan", "Åhus Föreningsråd", "Ängen"]
TABLE = 'Namn;Säte\r\n"Röda korset; region, Mellan";Malmö\nÅhus Föreningsråd;\r"Ängen";Malmö\r\n'


def book(*rows, merged=(), **sheets):
    """A workbook as bytes."""
    it = Workbook()
    for row in rows:
        it.active.append(row)
    for ref in merged:
        it.active.merge_cells(ref)
    file = io.BytesIO()
    it.save(file)
    return file.getvalue()


def refused(cast, words, **said):
    """The form again, with these words, and no draft."""
    response = bring(cast.coordinator, **said)
    page = response.content.decode().replace("\u00ad", "").replace("\u00a0", " ")
    assert response.status_code == 422
    assert words in page, page[page.find("error") :][:1500]
    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp850", "mac-roman"],
)
def test_whatever_the_encoding_and_the_line_ends(cast, encoding):
    PlaceFactory()
    intake = recognised(cast.coordinator, file=("lista.csv", TABLE.encode(encoding)))
    assert titles(intake) == NAMES
    assert (intake.as_read.separator, intake.has_head, intake.columns) == (
        ";",
        True,
        ["name", "seat"],
    )
    assert rows_of(intake)[0].as_found.shown["Säte"] == "Malmö"


def test_a_wrong_guess_is_corrected_and_the_list_read_anew(cast):
    client = cast.coordinator
    intake = brought(client, file=("lista.csv", "Namn\nÅÄÖ\n".encode("cp850")))
    page = f"/import/{intake.key}/tolkning/"
    said = {"shape": "lines", "separator": ";", "encoding": "cp1252", "column-0": "name"}
    assert client.post(page, {**said, "has_head": "on"}).url == page
    intake.refresh_from_db()
    assert intake.as_read.encoding == "cp1252"
    refused = client.post(page, {**said, "encoding": "utf-8", "has_head": "on"})
    assert refused.status_code == 422
    assert "annan" in refused.content.decode()
    assert client.post(page, {**said, "encoding": "klingon"}).status_code == 422


def test_a_list_may_be_read_as_text_instead(cast):
    client = cast.coordinator
    intake = brought(client, text="Alfa, Beta\nGamma, Delta")
    assert intake.as_read.shape == "table"
    page = f"/import/{intake.key}/tolkning/"
    client.post(
        page, {"shape": "running", "separator": ",", "encoding": "utf-8", "column-0": "name"}
    )
    intake.refresh_from_db()
    assert (intake.as_read.shape, intake.count) == ("running", 3)


def test_merged_cells_dates_as_numbers_and_formulas(cast):
    OrganisationFactory(key="paraply2")
    data = book(
        ["Förening", "Medlem sedan", "Webb"],
        ["Vännerna", 41274, "=HYPERLINK(A1)"],
        ["Kamraterna", date(2012, 12, 31), "kamraterna.example"],
        ["", "31.12.2012", None],
        merged=["A3:A4"],
    )
    intake = recognised(
        cast.coordinator,
        kind="memberships",
        about="organisation:paraplyet",
        file=("medlemmar.xlsx", data),
    )
    first, second, third = (row.as_found for row in rows_of(intake))
    assert {it.shown["Sedan"] for it in (first, second, third)} == {"2012-12-31"}
    assert first.remarks == [
        "En formel har inget sparat resultat, så dess cell är tom här.",
        "41274 läses som dagen 2012-12-31, så som kalkylark sparar den.",
    ]
    assert (third.title, third.remarks) == (
        "Kamraterna",
        ["En cell som är sammanslagen med dem ovanför läses som om den stod här också."],
    )
    assert third.alike[0].row == 2


def test_a_row_with_too_many_cells_says_so(cast):
    intake = recognised(cast.coordinator, text="Namn;Säte\nVännerna;;extra;mer\nKamraterna;\n")
    assert rows_of(intake)[0].as_found.remarks == [
        "Raden har fler celler än det finns kolumner: extra · mer"
    ]


def test_a_number_with_a_wrong_check_digit_is_kept_as_written(cast):
    intake = recognised(cast.coordinator, text="Namn\tOrg.nr\nVännerna\t232100–0205\n")
    found = rows_of(intake)[0].as_found
    assert found.shown["Organisationsnummer"] == "232100–0205"
    assert found.remarks[0].startswith("Kontrollsiffran är fel")


def test_a_row_without_a_name_is_left_out_and_says_why(cast):
    intake = recognised(
        cast.coordinator, text="Namn;Webb\n;https://x.example\nVännerna;inte en adress\n"
    )
    without, with_remark = rows_of(intake)
    assert (without.choice, without.as_found.fault) == ("skip", "Det finns inget namn i raden.")
    assert with_remark.as_found.remarks == [
        "”inte en adress” är ingen webbadress och tas inte med."
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xef\xbb\xbf \r\n", "Det finns inget i den att ta in."),
        (b"%PDF-1.7\n1 0 obj", "Det här är en PDF, vad den än heter."),
        (b"PK\x03\x04 nothing more", "Filen är skadad"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "fil av äldre slag"),
        (b"{\\rtf1 Hej}", "textdokument"),
        (b"\x89PNG\r\n", "bild"),
        (b"BEGIN:VCARD\nVERSION:3.0\nFN", "Korten går inte att läsa"),
    ],
)
def test_what_is_no_list_is_refused_with_words(cast, data, words):
    refused(cast, words, file=("lista.csv", data))


def test_nothing_and_both_are_refused(cast):
    refused(cast, "Klistra in listan, eller välj en fil.", text=" \n ")
    refused(cast, "inte båda", text="Vännerna", file=("lista.csv", b"Namn"))
    refused(cast, "Det finns inget i den att ta in.", file=("tom.csv", b""))


def test_a_document_is_no_workbook(cast):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    refused(cast, "ingen arbetsbok", file=("lista.xlsx", file.getvalue()))


def bomb(size):
    """A workbook that says that it has a sheet of that size."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _part in range(size // 2**20):
                sheet.write(b"0" * 2**20)
    return file.getvalue()


def test_a_workbook_that_would_burst_is_refused_by_what_it_says(cast, monkeypatch):
    monkeypatch.setattr(archives, "MOST_INFLATED", 4 * 2**20)
    monkeypatch.setattr(archives, "_refuse_actual", lambda archive: pytest.fail("unpacked"))
    refused(cast, "för stor för att vara en lista", file=("lista.xlsx", bomb(8 * 2**20)))


def test_a_workbook_that_lies_about_its_size_is_refused_by_what_it_is(cast, monkeypatch):
    monkeypatch.setattr(archives, "MOST_INFLATED", 4 * 2**20)
    honest = bomb(8 * 2**20)
    lying = honest.replace((8 * 2**20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lying != honest
    refused(cast, "Filen är skadad", file=("lista.xlsx", lying))


def test_what_is_unpacked_is_counted_whatever_was_said(monkeypatch):
    monkeypatch.setattr(archives, "_refuse_declared", lambda archive: None)
    monkeypatch.setattr(archives, "MOST_INFLATED", 4 * 2**20)
    with pytest.raises(archives.Refused, match=r"(?i)large|stor"):
        archives.safe_archive(bomb(8 * 2**20))


def test_one_long_text_in_each_cell_of_a_workbook_is_too_much(cast):
    text = "x" * 4000
    refused(
        cast, "för mycket text", file=("lista.xlsx", book(*([text] * 60 for _row in range(90))))
    )


def test_more_rows_than_can_be_taken_at_a_time_are_refused_with_the_number(cast):
    data = "\n".join(f"Förening {number}" for number in range(100_000)).encode()
    assert MOST_LINES < 100_000
    refused(cast, "Högst 20 000 rader", file=("lista.txt", data))


def test_too_wide_a_sheet_is_refused(cast):
    refused(cast, "fler än 60 celler", file=("lista.xlsx", book(["a"] * 61)))


@pytest.mark.parametrize(
    "text", ["\0\0\0", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "🙂" * 80]
)
def test_odd_text_does_no_harm(cast, text):
    response = bring(cast.coordinator, text=f"{text}\nVännerna")
    assert response.status_code in {302, 422}
    if response.status_code == 302:
        page = cast.coordinator.get(response.url).content.decode()
        assert "<script>alert" not in page


def test_damage_within_a_workbook_is_told(cast):
    whole = zipfile.ZipFile(io.BytesIO(book(["Namn"], ["Vännerna"])))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, b"<broken" if "sheet1" in name else whole.read(name))
    refused(cast, "Arbetsboken går inte att läsa", file=("lista.xlsx", file.getvalue()))


def test_a_file_that_is_too_large_is_refused_before_it_is_read(cast, monkeypatch):
    monkeypatch.setattr("tillit.intake.forms.bringing.MOST_BYTES", 10)
    monkeypatch.setattr("tillit.intake.beginning.guess", lambda data: pytest.fail("read"))
    refused(cast, "större än 10 MB", file=("lista.csv", b"Namn\nalldeles for lang"))
