"""/kontrollera/: which record a file is. It tells only what one may read, and keeps nothing."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from tillit.kit.models import StoredFile
from tillit.records.sealing import seal
from tillit.records.tests.factories import SignatureFactory
from tillit.records.tests.paper import frozen, one_byte_changed, pdf, sent
from tillit.records.tests.test_sealing import content_of, sign_both

pytestmark = pytest.mark.django_db
URL = "/kontrollera/"


def test_a_file_is_known_by_its_bytes(cast, scene, most_queries):
    SignatureFactory(record=scene.record, organisation=scene.civil)
    with most_queries():
        page = cast.anonymous.post(URL, {"file": sent(pdf(), "vad som helst.bin")})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Inga Ek" in text
    assert "texten som upprättades" in text
    assert StoredFile.objects.count() == 1


def test_one_changed_byte_is_another_file(cast, scene):
    page = cast.anonymous.post(URL, {"file": sent(one_byte_changed(pdf()))})
    assert "Inte känd här" in page.content.decode()
    assert page.context["matches"] == []


@pytest.mark.parametrize("form", ["{}", "SHA256:{}", " {} ", "{}\n"])
def test_a_digest_is_asked_for_however_it_is_written(cast, scene, form):
    digest = scene.record.sha256
    for said in (form.format(digest), form.format(digest.upper())):
        assert cast.anonymous.get(URL, {"sha256": said}).context["matches"]
        assert cast.anonymous.post(URL, {"sha256": said}).context["matches"]


def test_a_protected_circle_is_never_told(cast, scene):
    secret = pdf("Hemligt")
    hidden = frozen(
        scene.public,
        timezone.now(),
        scene.public,
        scene.civil,
        content=secret,
        circle="organisation:regionen",
        title="Hemligt avtal",
    )
    sign_both(hidden, scene)
    it = seal(hidden, timezone.now())
    for content in (secret, content_of(it.subject)):
        for client in (cast.anonymous, cast.coordinator, cast.outsider):
            page = client.post(URL, {"file": sent(content)})
            assert page.context["matches"] == []
            assert "Hemligt avtal" not in page.content.decode()
        assert cast.official.post(URL, {"file": sent(content)}).context["matches"]


@pytest.mark.parametrize(
    "said",
    [{}, {"sha256": "abc"}, {"sha256": "g" * 64}, {"sha256": "1" * 300}, {"file": sent(b"")}],
)
def test_bad_input_gets_words(client, said):
    response = client.post(URL, said)
    assert response.status_code == 422
    assert "digest" not in response.context


def test_a_file_that_is_too_large_gets_words(client, settings):
    settings.TILLIT_LARGEST_FILE = 100
    assert client.post(URL, {"file": sent(b"x" * 200)}).status_code == 422


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 /ByteRange",
        b"%PDF-1.7\n1 0 obj\n<</ByteRange [0 1 2 3]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF",
        b"%PDF-" + b"\xff" * 500 + b"/ByteRange" + b"startxref\n99999999\n%%EOF",
    ],
)
def test_a_broken_seal_is_said_to_be_broken(client, content):
    response = client.post(URL, {"file": sent(content)})
    assert response.status_code == 200
    assert not any(it.is_whole for it in response.context["seals"])


def test_the_open_page_is_for_everybody(client, most_queries):
    with most_queries():
        assert client.get(URL).status_code == 200
    assert client.put(URL).status_code == 405
    assert not list(default_storage.listdir("")[1])
