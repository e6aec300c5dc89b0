"""The logo above a mail."""

import pytest
from django.conf import settings

from tillit.kit.contributions import Brand
from tillit.post import letterhead
from tillit.post.letterhead import letterhead as head
from tillit.post.rendering import Foot, compose

MAIL = "Subject: Hej\n\nText.\n"


@pytest.fixture
def branded(monkeypatch):
    def brand(**said):
        monkeypatch.setattr(letterhead, "brand", lambda: Brand(**said))

    return brand


def test_without_a_logo_a_mail_has_no_picture():
    assert "<img" not in compose(MAIL, "sv", Foot("Tillit")).html


def test_the_logo_stands_above_with_its_words_and_not_in_the_text(branded):
    branded(logo="/logotyp/abc.png", words="Skåne", width=480, height=240)
    mail = compose(MAIL, "sv", Foot("Tillit"))
    assert (
        f'src="{settings.TILLIT_URL}/logotyp/abc.png" alt="Skåne" width="128" height="64"'
        in mail.html
    )
    assert mail.html.index("<img") < mail.html.index("Text.")
    assert "logotyp" not in mail.text


def test_words_that_are_markup_stay_words(branded):
    branded(logo="/logotyp/abc.png", words='"><script>', width=10, height=10)
    assert "<script>" not in compose(MAIL, "sv", Foot("Tillit")).html


@pytest.mark.parametrize(
    ("size", "shown"), [((100, 20), (100, 20)), ((640, 20), (240, 8)), ((1, 640), (1, 64))]
)
def test_it_is_never_too_large(branded, size, shown):
    branded(logo="/logotyp/abc.png", words="X", width=size[0], height=size[1])
    it = head()
    assert it
    assert (it.width, it.height) == shown
