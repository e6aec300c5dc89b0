"""What may be uploaded: told by what it holds, refused in words, given a name that is safe."""

import os
import struct
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tillit.kit.files import packages
from tillit.kit.files.tests.samples import PDF, archive, office, opened, picture
from tillit.kit.files.uploads import read, safe_name


def said(content, name="fil"):
    with pytest.raises(ValidationError) as refused, translation.override("sv"):
        read(BytesIO(content), name)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    ("content", "name", "title", "called"),
    [
        (PDF, "Avtal 2012.PDF", "PDF", "Avtal 2012.pdf"),
        (PDF, "Avtal 2012.06", "PDF", "Avtal 2012.06.pdf"),
        (PDF, "", "PDF", "file.pdf"),
        (picture(), "bild.png", "PNG", "bild.png"),
        (picture("JPEG"), "bild.jpeg", "JPEG", "bild.jpeg"),
        (picture("WEBP"), "bild", "WebP", "bild.webp"),
        (office(), "a.docx", "DOCX", "a.docx"),
        (office("spreadsheetml.sheet"), "a.xlsx", "XLSX", "a.xlsx"),
        (opened(), "a.odt", "ODT", "a.odt"),
        (opened("spreadsheet"), "a.ods", "ODS", "a.ods"),
        ("åäö, ett möte".encode(), "a.txt", "text", "a.txt"),
        ("åäö".encode("cp1252"), "a.txt", "text", "a.txt"),
        ("åäö".encode("utf-16"), "a.txt", "text", "a.txt"),
        (b"namn;ort\r\nABF;Lund\r\n", "lista.csv", "CSV", "lista.csv"),
    ],
)
def test_it_is_what_it_holds(content, name, title, called):
    with translation.override("en"):
        found = read(BytesIO(content), name)
        assert (str(found.kind.title), found.name) == (title, called)
    assert found.size == len(content)


def test_text_says_how_it_is_written():
    assert [
        read(BytesIO("å".encode(it)), "a.txt").encoding for it in ("utf-8", "cp1252", "utf-16")
    ] == ["utf-8", "windows-1252", "utf-16"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.pdf", "tom"),
        (PDF, "a.docx", "heter .docx, men innehållet är PDF"),
        (PDF, "a.exe", "heter .exe"),
        (b"echo 1", "a.bat", "heter .bat"),
        (b"alert(1)", "a.js", "heter .js"),
        (picture(), "a.pdf", "innehållet är PNG"),
        (b"<!DOCTYPE html><p>hej", "a.txt", "webbsida"),
        (b"\xef\xbb\xbf \n<svg xmlns='x'/>", "a.svg", "webbsida"),
        ("<html>".encode("utf-16"), "a.txt", "webbsida"),
        (b"hej <script>alert(1)</script>", "a.txt", "webbsida"),
        (b"MZ\x90\0", "a.pdf", "program"),
        (b"\x7fELF\0", "a", "program"),
        (b"#!/bin/sh\n", "a.txt", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "gammalt slag"),
        (b"{\\rtf1", "a.rtf", "tas inte emot"),
        (bytes(range(1, 200)), "a.txt", "tas inte emot"),
        (picture()[:60], "a.png", "trasig"),
        (b"PK\x03\x04" + bytes(40), "a.docx", "trasig"),
        (archive({"a.txt": "a"}), "a.zip", "arkiv"),
        (opened("presentation"), "a.odp", "arkiv"),
        (office("document.macroEnabled", "application/vnd.ms-word"), "a.docm", "makron"),
        (office(**{"word/vbaProject.bin": "x"}), "a.docx", "makron"),
        (opened(**{"Basic/Standard/Module1.xml": "x"}), "a.odt", "makron"),
        (opened(**{"META-INF/manifest.xml": "<encryption-data/>"}), "a.odt", "lösenord"),
    ],
)
def test_what_claims_to_be_something_else_or_can_do_something_is_refused(content, name, words):
    assert words in said(content, name)


def test_one_that_is_too_large_is_refused_before_all_of_it_is_read(settings):
    settings.TILLIT_LARGEST_FILE = 2**20
    assert "större än 1 MB" in said(b"a" * (2**20 + 1))


def test_a_locked_part_is_refused():
    content = bytearray(office())
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1
    assert "lösenord" in said(bytes(content))


def test_what_would_burst_is_refused_unopened(monkeypatch):
    bomb = office(**{"x.xml": bytes(30_000_000)})
    monkeypatch.setattr(packages, "part_of", lambda *_args: pytest.fail("it was opened"))
    assert "alldeles för stor" in said(bomb)


def test_a_directory_of_endless_length_is_refused_before_it_is_read():
    content = bytearray(office())
    content[-10:-6] = struct.pack("<L", 500_000_000)
    assert "trasig" in said(bytes(content))


def test_a_part_that_says_it_is_small_and_is_not_is_read_within_bounds():
    types = b'<Types ContentType="x.main+xml">' + bytes(20_000_000)
    assert said(archive({"[Content_Types].xml": types, "b": os.urandom(200_000)}))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\avtal.pdf", "avtal.pdf"),
        ('a<b>"c|d?.pdf', "a b c d .pdf"),
        ("a\u202efdp.exe", "a fdp.exe"),
        ("CON.pdf", "_CON.pdf"),
        (".htaccess", "htaccess"),
        ("Överenskommelse.pdf", "Överenskommelse.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
    ],
)
def test_a_name_is_safe_wherever_it_is_saved(name, safe):
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending():
    found = read(BytesIO(PDF), "å" * 300 + ".pdf").name
    assert len(found) == 120
    assert found.endswith("å.pdf")
