"""Signed on paper or in a party's own service: each party sends in its copy, and they are compared."""

import pytest

from tillit.kit.models import StoredFile
from tillit.records.actions import is_complete
from tillit.records.models import Seal, Signature, SignedCopy
from tillit.records.tests.paper import KARIN, pdf, sent
from tillit.register.models import Mandate
from tillit.register.tests.filling import fill

pytestmark = pytest.mark.django_db
TYPED = {"name": "Inga Ek", "role": "ordförande", "place": "Lund", "dated": "2025-05-16"}


def send(client, scene, content, **typed):
    return fill(client, f"{scene.url}exemplar/", file=sent(content, "Skannat.pdf"), **typed)


def test_both_parties_copies_are_kept_and_compared(cast, scene):
    scans = pdf("Skannat 1"), pdf("Skannat 2")
    assert send(cast.coordinator, scene, scans[0], **TYPED).status_code == 302
    assert send(cast.official, scene, scans[1], **{**TYPED, "name": "Otto Al"}).status_code == 302
    assert is_complete(scene.record)
    rows = Signature.objects.values_list("name", "way", "sha256")
    assert {*rows} == {
        (name, "paper_or_own_service", scene.record.sha256) for name in ("Inga Ek", "Otto Al")
    }
    page = cast.anonymous.get(scene.url).content.decode()
    assert page.count("Annat filinnehåll än exemplaret från") == 2
    for scan in scans:
        [match] = cast.anonymous.post("/kontrollera/", {"file": sent(scan)}).context["matches"]
        assert match.record == scene.record
    assert match.whose == "Regionen"
    assert not Seal.objects.exists()


def test_the_same_file_from_both_is_said_to_be_the_same(cast, scene):
    for client in (cast.coordinator, cast.official):
        send(client, scene, pdf("E-underskrivet"), **TYPED)
    page = cast.anonymous.get(scene.url).content.decode()
    assert page.count("Samma filinnehåll som exemplaret från") == 2


def test_one_more_copy_brings_no_second_signature(cast, scene):
    send(cast.coordinator, scene, pdf("Ett"), **TYPED)
    assert "name" not in cast.coordinator.get(f"{scene.url}exemplar/").context["form"].fields
    assert send(cast.coordinator, scene, pdf("Två")).status_code == 302
    assert (SignedCopy.objects.count(), Signature.objects.count()) == (2, 1)


def test_the_same_copy_twice_gets_words_and_leaves_nothing(cast, scene):
    send(cast.coordinator, scene, pdf("Ett"), **TYPED)
    assert send(cast.coordinator, scene, pdf("Ett")).status_code == 422
    assert SignedCopy.objects.count() == 1
    assert StoredFile.objects.count() == 2


def test_no_copy_is_sent_in_for_somebody_else(cast, scene):
    url = f"{scene.url}exemplar/"
    for client in (cast.member, cast.outsider):
        assert client.get(url).status_code == 403
    Mandate.objects.filter(person__key="omar").update(extent="edit", secretariat=None)
    assert cast.official.get(url).status_code == 403
    assert cast.anonymous.get(url).status_code == 302
    assert cast.coordinator.delete(url).status_code == 405


@pytest.mark.parametrize("typed", [{"name": ""}, {"dated": "igår"}])
def test_bad_input_gets_words(cast, scene, typed):
    assert send(cast.coordinator, scene, pdf("Ett"), **{**TYPED, **typed}).status_code == 422
    assert send(cast.coordinator, scene, b"MZ program", **TYPED).status_code == 422
    assert not SignedCopy.objects.exists()


def test_the_copy_of_a_protected_organisation_is_its_own(cast, scene):
    send(cast.official, scene, pdf("Skannat"), **TYPED)
    copy = SignedCopy.objects.get()

    def circles():
        file = StoredFile.objects.get(of=copy.subject)
        return {SignedCopy.objects.get().circle, file.circle}

    scene.public.protect(KARIN, "Hotad")
    assert circles() == {"organisation:regionen"}
    file = StoredFile.objects.get(of=copy.subject)
    assert cast.anonymous.get(file.get_absolute_url()).status_code == 404
    send(cast.official, scene, pdf("Ett till"))
    assert {it.circle for it in SignedCopy.objects.all()} == {"organisation:regionen"}
    SignedCopy.objects.exclude(pk=copy.pk).delete()
    scene.public.unprotect(KARIN, "Inte mer")
    assert circles() == {"public"}
