"""A record for a registry: the files as they are, and what is known in XML or JSON."""

import json
import zipfile
from io import BytesIO
from unittest.mock import Mock
from xml.etree import ElementTree as ET

import pytest
import typst
from django.utils import timezone

from tillit.kit.documents import keeping
from tillit.records.delivery import pdfa_of
from tillit.records.tests.factories import CaseNumberFactory, SignatureFactory
from tillit.records.tests.paper import frozen, pdf, sent

pytestmark = pytest.mark.django_db


def unpacked(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return zipfile.ZipFile(BytesIO(response.getvalue()))


def test_the_bytes_are_the_same_and_what_is_known_goes_along(cast, scene):
    CaseNumberFactory(record=scene.record, organisation=scene.public, number="Ks1216/2018")
    SignatureFactory(record=scene.record, organisation=scene.civil)
    book = unpacked(cast.anonymous, f"{scene.url}leverans.json.zip")
    assert book.read("original/Avtal.pdf") == pdf()
    said = json.loads(book.read("record.json"))
    assert said["format"] == "tillit-record-1"
    assert (
        said["case_numbers"] == [{"organisation": "Regionen", "number": "Ks1216/2018"}]
        or said["case_numbers"][0]["number"] == "Ks1216/2018"
    )
    assert said["signatures"][0]["name"] == "Inga Ek"
    assert said["files"][0]["sha256"] == scene.record.sha256


def test_xml_says_the_same(cast, scene):
    CaseNumberFactory(record=scene.record, organisation=scene.public, number="A\x0b<1>")
    book = unpacked(cast.anonymous, f"{scene.url}leverans.xml.zip")
    root = ET.fromstring(book.read("record.xml"))  # noqa: S314 (ours)
    assert root.findtext("title") == "Avtalet"
    assert root.findtext("case_numbers/case_number/number") == "A<1>"
    assert root.findtext("files/file/sha256") == scene.record.sha256


def test_pdf_a_is_said_where_the_file_says_so(cast, scene):
    archival = bytes(typst.compile(b"Text", pdf_standards="a-2b"))
    record = frozen(scene.civil, timezone.now(), content=archival)
    book = unpacked(cast.anonymous, f"{record.get_absolute_url()}leverans.json.zip")
    assert json.loads(book.read("record.json"))["files"][0]["pdfa"] == "PDF/A-2b"
    assert pdfa_of(pdf()) == ""


def test_only_who_reads_it_gets_it(cast, scene):
    hidden = frozen(scene.public, timezone.now(), circle="organisation:regionen")
    url = f"{hidden.get_absolute_url()}leverans.xml.zip"
    assert cast.anonymous.get(url).status_code == 404
    unpacked(cast.official, url)
    assert cast.anonymous.get(f"{scene.url}leverans.pdf.zip").status_code == 404
    assert cast.anonymous.post(f"{scene.url}leverans.xml.zip").status_code == 405


def test_many_at_once_are_told_to_wait(cast, scene, monkeypatch):
    monkeypatch.setattr(keeping, "being_made", Mock(acquire=Mock(return_value=False)))
    packed = cast.anonymous.get(f"{scene.url}leverans.xml.zip")
    checked = cast.anonymous.post("/kontrollera/", {"file": sent(pdf())})
    assert (packed.status_code, checked.status_code) == (503, 503)
