"""No cookie but the session's, and that one only where a form needs it; nothing fetched from others."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.test_house import STYLES
from tests.walking import addresses, another, finish, plant_rows, undone

pytestmark = pytest.mark.django_db
# What a page fetches by itself, or sends to. Where a link leads is another matter.
FETCHED = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "object": ("data",),
    "embed": ("src",),
    "use": ("href", "xlink:href"),
    "form": ("action",),
    "button": ("formaction",),
    "a": ("ping",),
    "input": ("src", "formaction"),
}
# Where one is in the midst of signing in, and is led back with words that the next page tells.
SIGNING_IN = {"logga-in/kod/", "logga-in/andra-steget/"}
KINDS = {"text/html", "image/svg+xml"}


class Reading(HTMLParser):
    """What the page fetches, and whether it has a form that is posted."""

    def __init__(self):
        super().__init__()
        self.fetched, self.posts = set(), False

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.fetched |= {given[name] for name in FETCHED.get(tag, ()) if name in given}
        self.posts = self.posts or (tag == "form" and given.get("method", "").lower() == "post")


def read(answer):
    page = Reading()
    if answer["Content-Type"].partition(";")[0] in KINDS and not answer.streaming:
        page.feed(answer.content.decode())
    return page


@pytest.fixture
def rows(db):
    plant_rows()


def answers(client):
    """Every page, with what a browser that has been nowhere before is answered."""
    for door in addresses():
        if "GET" in door.view.methods:
            with undone():
                yield door, finish(another(client).get(door.path))


def test_who_only_reads_gets_no_cookie(client, rows):
    """A page with a form gets the session's, which keeps others from sending it in one's name."""
    given = {}
    for door, answer in answers(client):
        needed = read(answer).posts or door.address in SIGNING_IN
        if more := {*answer.cookies} - ({settings.SESSION_COOKIE_NAME} if needed else set()):
            given[door.path] = more
    assert given == {}


@pytest.mark.parametrize("role", ["coordinator", "anonymous"])
def test_nothing_is_fetched_from_elsewhere(cast, rows, role):
    fetching = {}
    for door, answer in answers(getattr(cast, role)):
        elsewhere = {
            it for it in read(answer).fetched if urlsplit(it).netloc or it.startswith("//")
        }
        if elsewhere or "Link" in answer.headers:
            fetching[door.path] = elsewhere
    assert fetching == {}


def test_no_style_fetches_from_elsewhere():
    assert STYLES
    for path in STYLES:
        css = path.read_text()
        assert not re.findall(r"""url\(\s*["']?(?:https?:)?//""", css), path
        assert not re.findall(r"@import\s+[^;]*//", css), path


def test_the_only_cookie_is_the_session_s():
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.CSRF_USE_SESSIONS
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")
    assert not settings.SESSION_SAVE_EVERY_REQUEST
