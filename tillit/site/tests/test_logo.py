"""The logo: told by what the file holds, written anew, shown everywhere."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tillit.site import frontage
from tillit.site.logos import path_of
from tillit.site.models import Installation
from tillit.site.tests.conftest import Guide

STEP = "/kom-igang/logotyp/"


def picture(form: str = "PNG", size: tuple[int, int] = (400, 100), mode: str = "RGB") -> bytes:
    written = BytesIO()
    Image.new(mode, size).save(written, form)
    return written.getvalue()


@pytest.fixture
def named(guide: Guide) -> Guide:
    guide.name_the_agreement()
    guide.name_both_parties()
    return guide


def send(guide: Guide, content: bytes, name: str = "logo.png", words: str = "Skåne"):
    file = SimpleUploadedFile(name, content)
    return guide.client.post(STEP, {"picture": file, "words": words})


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("name", ["logo.png", "logo.svg", "../../etc/passwd", "å<b>.exe"])
def test_what_counts_is_what_the_file_holds(named: Guide, form: str, name: str):
    assert send(named, picture(form), name).status_code == 302
    it = Installation.objects.get()
    assert (it.logo_width, it.logo_height, it.logo_words) == (400, 100, "Skåne")
    with default_storage.open(path_of(it.logo)) as file, Image.open(file) as kept:
        assert kept.format == "PNG"


def test_it_is_shown_on_every_page_and_served_as_a_picture_and_nothing_else(named: Guide):
    send(named, picture())
    it = Installation.objects.get()
    named.post("klart")
    frontage.forget()
    page = Client().get("/organisationer/").content.decode()
    assert f'src="/logotyp/{it.logo}.png" alt="Skåne" width="400" height="100"' in page
    response = Client().get(f"/logotyp/{it.logo}.png")
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "immutable" in response["Cache-Control"]
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")


def test_a_large_one_is_made_small_and_nothing_hidden_in_it_stays(named: Guide):
    written = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Hemliga gatan 3"
    Image.new("RGB", (3000, 1500)).save(written, "JPEG", exif=exif)
    send(named, written.getvalue() + b"<script>alert(1)</script>")
    it = Installation.objects.get()
    assert (it.logo_width, it.logo_height) == (480, 240)
    with default_storage.open(path_of(it.logo)) as file:
        kept = file.read()
    assert b"Hemliga" not in kept
    assert b"script" not in kept


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SVG, "SVG"),
        (b"", ""),
        (b"GIF89a" + bytes(50), ""),
        (b"%PDF-1.7", ""),
        (picture()[:60], ""),
        (picture("JPEG")[:200], ""),
        (picture(size=(8, 8)), ""),
        (picture(size=(6000, 6000), mode="1"), ""),
        (bytes(4_000_001), "4 MB"),
    ],
)
def test_what_is_no_picture_for_a_logo_is_told(named: Guide, content: bytes, words: str):
    response = send(named, content)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Installation.objects.get().logo == ""


def test_a_bomb_is_not_unfolded(named: Guide):
    """A small file that says it is enormous: 20 000 × 20 000, and nothing in it."""
    bomb = bytearray(picture())
    bomb[16:24] = (20_000).to_bytes(4, "big") * 2
    assert send(named, bytes(bomb)).status_code == 422


def test_without_words_nobody_who_does_not_see_knows_what_it_says(named: Guide):
    assert send(named, picture(), words="").status_code == 422


def test_it_can_be_replaced_and_taken_away(named: Guide):
    send(named, picture())
    first = Installation.objects.get().logo
    send(named, picture(size=(300, 100)))
    second = Installation.objects.get().logo
    assert second != first
    named.client.post(STEP, {"words": "Skåne", "remove": "on"})
    assert Installation.objects.get().logo == ""
    assert not default_storage.exists(path_of(second))


def test_other_words_keep_the_picture(named: Guide):
    send(named, picture())
    before = Installation.objects.get().logo
    assert named.client.post(STEP, {"words": "Överenskommelsen"}).status_code == 302
    it = Installation.objects.get()
    assert (it.logo, it.logo_words) == (before, "Överenskommelsen")


@pytest.mark.parametrize("name", ["finns-inte", "a" * 200])
def test_a_logo_that_there_is_not_is_not_found(client: Client, db: None, name: str):
    assert client.get(f"/logotyp/{name}.png").status_code == 404
