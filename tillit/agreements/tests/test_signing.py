"""What all parties have adopted they sign: one frozen document, and a deed of each when all have."""

import json
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from unittest.mock import Mock
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from tillit.agreements import signing
from tillit.agreements.models import Adoption, Party, Version
from tillit.agreements.tests.acting import acts_for, both_lead
from tillit.kit.changes import undo
from tillit.kit.days import today
from tillit.kit.documents import keeping as documents
from tillit.kit.files import keeping
from tillit.kit.files.storage import Away
from tillit.kit.models import Activity, StoredFile
from tillit.kit.refusal import Refused
from tillit.records.models import Record, Signatory, Signature
from tillit.records.sealing import seal
from tillit.records.tests.factories import SignatureFactory
from tillit.records.tests.paper import KARIN, frozen
from tillit.register.models import Organisation
from tillit.register.tests.filling import fill

pytestmark = pytest.mark.django_db
PAGE = "/overenskommelser/skane/versioner/2027/"
URL = f"{PAGE}undertecknande/"


@pytest.fixture
def adopted(draft):
    both_lead()
    Version.objects.filter(key="skane.2021").update(end="2026-12-31")
    draft.stage, draft.start, draft.end = "adopted", "2027-01-01", ".."
    draft.save()
    draft.settle(today())
    return draft


def deeds(version):
    return {it.organisation.key for it in Adoption.objects.filter(version=version, kind="signed")}


def test_one_document_is_made_and_every_party_is_asked(cast, adopted):
    answer = fill(cast.member, URL)
    record = Record.objects.get(of="version:skane.2027")
    assert answer["Location"] == record.get_absolute_url()
    assert (record.kind, record.keeper.key, record.is_frozen) == ("agreement", "natverket", True)
    asked = Signatory.objects.filter(record=record).values_list("organisation__key", "side")
    assert {*asked} == {("natverket", "civil"), ("region-skane", "public")}
    assert "Överenskommelsen Skåne, 2027" in cast.official.get("/skrivbord/").content.decode()


def test_what_is_signed_and_then_sealed_is_pdf_a_and_an_archive_is_told_so(cast, adopted):
    page = fill(cast.member, URL)["Location"]
    for client in (cast.member, cast.official):
        fill(client, f"{page}underskrift/", role="Ordförande", place="Malmö", has_read="on")
    seal(Record.objects.get(of="version:skane.2027"), timezone.now())
    packed = cast.member.get(f"{page}leverans.json.zip").getvalue()
    with ZipFile(BytesIO(packed)) as it:
        files = json.loads(it.read("record.json"))["files"]
    assert {(it["role"], it["pdfa"]) for it in files} == {
        ("original", "PDF/A-2a"),
        ("sealed", "PDF/A-2a"),
    }


def test_when_both_have_signed_the_same_bytes_each_has_done_so(cast, adopted):
    page = fill(cast.member, URL)["Location"]
    said = {"role": "Ordförande", "place": "Malmö", "has_read": "on"}
    assert fill(cast.member, f"{page}underskrift/", **said).status_code == 302
    assert deeds(adopted) == set()
    assert fill(cast.official, f"{page}underskrift/", **said).status_code == 302
    assert deeds(adopted) == {"natverket", "region-skane"}
    assert {*Signature.objects.values_list("sha256", flat=True)} == {Record.objects.get().sha256}


def test_it_is_asked_once(cast, adopted):
    fill(cast.member, URL)
    answer = fill(cast.official, URL)
    assert answer.status_code == 422
    assert "redan ombetts" in answer.content.decode()
    assert Record.objects.count() == 1
    assert URL not in cast.official.get(PAGE).content.decode()


def test_a_draft_is_not_signed(cast, draft):
    both_lead()
    answer = fill(cast.member, URL)
    assert answer.status_code == 422
    assert "när alla parter har antagit den" in answer.content.decode()
    assert not Record.objects.exists()


def test_a_side_without_an_organisation_has_nobody_to_sign(cast, adopted):
    Party.objects.filter(side="civil").update(organisation=None)
    answer = fill(cast.official, URL)
    assert "Ingen kan skriva under för" in answer.content.decode()
    assert not Record.objects.exists()


def test_only_who_leads_a_party_asks(cast, adopted):
    acts_for("natverket", extent="edit")
    assert cast.member.get(URL).status_code == 403
    assert cast.outsider.get(URL).status_code == 403
    assert cast.anonymous.get(URL).status_code == 302
    assert cast.official.put(URL).status_code == 405
    assert URL not in cast.member.get(PAGE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_does(cast, adopted):
    def asked(client):
        try:
            return client.post(URL).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(asked, (cast.member, cast.official)))
    assert sorted(statuses) == [302, 422]
    assert Record.objects.count() == 1
    assert Signatory.objects.count() == 2


def test_a_record_of_somebody_else_neither_hinders_the_signing_nor_makes_deeds(cast, adopted):
    civil, public = (Organisation.objects.get(key=it) for it in ("paraplyet", "regionen"))
    other = frozen(civil, timezone.now(), civil, public, of=adopted.subject)
    for it in (civil, public):
        SignatureFactory(record=other, organisation=it)
    signing.signed(adopted.subject, other.subject, KARIN)
    assert deeds(adopted) == set()
    page = fill(cast.member, URL)["Location"]
    adopted.refresh_from_db()
    assert adopted.signed_as.get_absolute_url() == page
    assert adopted.signed_as != other


def test_who_is_no_party_has_no_deed(cast, adopted):
    fill(cast.member, URL)
    record = Record.objects.get()
    for it in ("natverket", "paraplyet"):
        SignatureFactory(record=record, organisation=Organisation.objects.get(key=it))
    signing.signed("", record.subject, KARIN)
    assert deeds(adopted) == {"natverket"}


def test_what_was_asked_to_be_signed_is_not_undone(cast, adopted):
    fill(cast.member, URL)
    [noted] = [
        it for it in Activity.objects.filter(subject=adopted.subject) if "signed_as" in it.changes
    ]
    with pytest.raises(Refused):
        undo(noted, KARIN)


def test_its_readers_follow_the_version(cast, adopted):
    fill(cast.member, URL)
    adopted.refresh_from_db()
    record = adopted.signed_as
    assert record.joint
    Version.objects.filter(pk=adopted.pk).update(circle="agreement:skane")
    adopted.refresh_from_db()
    adopted.settle(today())
    rows = [Record.objects.get(), *Signatory.objects.all(), StoredFile.objects.get()]
    assert {it.circle for it in rows} == {"agreement:skane"}


@pytest.mark.parametrize("fault", [ValidationError("För stor"), Away()])
def test_what_can_not_be_kept_is_told_in_the_form(cast, adopted, monkeypatch, fault):
    def keep(*_given):
        raise fault

    monkeypatch.setattr(keeping, "keep", keep)
    answer = fill(cast.member, URL)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert not Record.objects.exists()


def test_no_more_documents_are_made_at_once_than_for_reading(cast, adopted, monkeypatch):
    monkeypatch.setattr(documents, "being_made", Mock(acquire=Mock(return_value=False)))
    assert fill(cast.member, URL).status_code == 422
    assert not Record.objects.exists()
