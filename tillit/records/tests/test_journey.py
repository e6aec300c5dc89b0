"""From a draft to a sealed agreement, signed by both sides, that the check page knows and tells apart."""

import pytest
from django.core.files.storage import default_storage

from tillit.kit.background.worker import do_waiting_tasks
from tillit.kit.models import StoredFile
from tillit.records.models import Record, Seal, Signature
from tillit.records.tests.paper import one_byte_changed, pdf, sent
from tillit.register.tests.filling import fill

pytestmark = pytest.mark.django_db(transaction=True)


def bytes_of(subject):
    with default_storage.open(StoredFile.objects.get(of=subject).path) as file:
        return file.read()


def checked(client, content):
    return client.post("/kontrollera/", {"file": sent(content)})


def test_an_agreement_is_entered_established_signed_here_by_both_sides_sealed_and_checked(cast):
    coordinator, official = cast.coordinator, cast.official
    made = fill(
        coordinator,
        "/handlingar/ny/",
        title="Avtal",
        kind="agreement",
        file=sent(pdf()),
        number="2025-1",
        circle="public",
    )
    assert made.status_code == 302
    record = Record.objects.get()
    url = made["Location"]
    assert fill(coordinator, f"{url}steg/upprattad/").status_code == 302
    for key in ("paraplyet", "regionen"):
        assert fill(coordinator, f"{url}begaran/", organisation=key).status_code == 302
    assert "Avtal" in official.get("/skrivbord/").content.decode()
    for client in (coordinator, official):
        signed = fill(client, f"{url}underskrift/", role="Ordförande", place="Malmö", has_read="on")
        assert signed.status_code == 302, signed.context["form"].errors
    do_waiting_tasks()
    page = coordinator.get(url).content.decode()
    assert "Ordförande" in page
    assert Signature.objects.filter(sha256=record.sha256, way="in_tillit").count() == 2
    sealed = bytes_of(Seal.objects.get().subject)
    assert sealed.startswith(pdf())
    for content in (pdf(), sealed):
        answer = checked(cast.anonymous, content)
        [match] = answer.context["matches"]
        assert match.record == record
        assert [it.name for it in match.signatures] == ["Karin", "Omar"]
    [seal] = answer.context["seals"]
    assert seal.is_whole
    assert seal.is_ours
    assert "Karin, Ordförande" in seal.reason
    changed = checked(cast.anonymous, one_byte_changed(sealed, sealed.index(b"/Root") + 200))
    assert changed.context["matches"] == []
    assert not any(it.is_whole for it in changed.context["seals"])
    assert checked(cast.anonymous, one_byte_changed(pdf())).context["matches"] == []
    assert StoredFile.objects.count() == 2
