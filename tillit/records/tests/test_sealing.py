"""The seal: made once, by a key that only the installation reads, and broken by one changed byte."""

import stat
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tillit.kit.models import StoredFile
from tillit.records import certificate
from tillit.records.models import Record, Seal
from tillit.records.sealing import seal, sealed_bytes, seals_in
from tillit.records.tests.factories import SignatureFactory
from tillit.records.tests.paper import frozen, pdf

pytestmark = pytest.mark.django_db


def content_of(subject):
    with default_storage.open(StoredFile.objects.get(of=subject).path) as file:
        return file.read()


def sign_both(record, scene):
    for it in (scene.civil, scene.public):
        SignatureFactory(record=record, organisation=it, way="in_tillit", name=f"Namn {it.key}")


def test_what_was_signed_stands_in_the_sealed_copy_byte_for_byte(scene):
    sign_both(scene.record, scene)
    it = seal(scene.record, timezone.now())
    content = content_of(it.subject)
    assert content.startswith(pdf())
    [found] = seals_in(BytesIO(content))
    assert (found.is_whole, found.is_ours) == (True, True)
    assert "Namn paraplyet" in found.reason
    assert seal(scene.record, timezone.now()) is None
    assert Seal.objects.count() == 1


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.9])
def test_one_changed_byte_breaks_it(scene, place):
    content = sealed_bytes(pdf(), "", timezone.now())
    at = int(len(pdf()) * place)
    changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    assert not any(it.is_whole for it in seals_in(BytesIO(changed)))


def test_what_is_added_after_it_breaks_it(scene):
    content = sealed_bytes(pdf(), "", timezone.now())
    assert not any(it.is_whole for it in seals_in(BytesIO(content + b"\n% mer\n")))


def test_a_seal_of_somebody_else_is_not_ours(settings, tmp_path):
    settings.DATA = tmp_path / "annan"
    content = sealed_bytes(pdf(), "", timezone.now())
    settings.DATA = tmp_path / "var"
    certificate.pem()
    [found] = seals_in(BytesIO(content))
    assert (found.is_whole, found.is_ours) == (True, False)


def test_an_old_seal_is_known_when_the_key_is_new(scene, settings, tmp_path):
    sign_both(scene.record, scene)
    content = content_of(seal(scene.record, timezone.now()).subject)
    settings.DATA = tmp_path / "ny"
    certificate.pem()
    [found] = seals_in(BytesIO(content))
    assert (found.is_whole, found.is_ours) == (True, True)


def test_only_the_installation_reads_its_key(settings, tmp_path):
    settings.DATA = tmp_path
    first = certificate.content()
    assert certificate.content() == first
    path = certificate.place()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [it.name for it in path.parent.iterdir()] == [path.name]


def test_a_pdf_that_can_not_be_sealed_is_said_to_be_so(cast, scene):
    broken = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    record = frozen(scene.civil, timezone.now(), scene.civil, scene.public, content=broken)
    sign_both(record, scene)
    assert seal(record, timezone.now()).fault == "unreadable"
    page = cast.anonymous.get(record.get_absolute_url()).content.decode()
    assert "kan inte förseglas" in page


def test_until_the_seal_is_made_the_page_says_that_it_comes(cast, scene):
    record = frozen(scene.civil, timezone.now(), scene.civil, scene.public)
    page = record.get_absolute_url()
    assert "Ett exemplar med sigill görs" not in cast.anonymous.get(page).content.decode()
    sign_both(record, scene)
    assert "Ett exemplar med sigill görs" in cast.anonymous.get(page).content.decode()
    seal(record, timezone.now())
    assert "Ett exemplar med sigill görs" not in cast.anonymous.get(page).content.decode()


def test_what_is_no_pdf_has_no_seal(scene):
    record = frozen(scene.civil, timezone.now(), content=b"Bara text", name="Text.txt")
    record_file = StoredFile.objects.get(of=record.subject)
    assert record_file.media_type == "text/plain"
    assert seal(record, timezone.now()) is None


def test_what_was_weeded_meanwhile_is_not_sealed(scene):
    sign_both(scene.record, scene)
    Record.objects.filter(pk=scene.record.pk).update(state="weeded")
    assert seal(scene.record, timezone.now()) is None
    assert not Seal.objects.exists()
