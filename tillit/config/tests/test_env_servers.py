"""Addresses and logins of servers, as the environment names them. What can't be read isn't repeated."""

from email.utils import parseaddr

import pytest
from django.core.exceptions import ImproperlyConfigured

from tillit.config import env


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "starttls", "", "")),
        ("smtps://mail.example.org", ("mail.example.org", 465, "tls", "", "")),
        ("smtp+plain://localhost", ("localhost", 25, "none", "", "")),
        (
            "smtp://hej:a%40b%2Fc@mail.example.org:2525/",
            ("mail.example.org", 2525, "starttls", "hej", "a@b/c"),
        ),
    ],
)
def test_a_mail_server(monkeypatch, value, read):
    monkeypatch.setenv("TILLIT_X", value)
    found = env.mail_server("TILLIT_X")
    assert tuple(found[name] for name in ("host", "port", "security", "user", "password")) == read


def test_a_mailbox(monkeypatch):
    monkeypatch.setenv("TILLIT_X", "imaps://hej%40example.org:hush@imap.example.org")
    assert env.mailbox("TILLIT_X") == {
        "host": "imap.example.org",
        "port": 993,
        "user": "hej@example.org",
        "password": "hush",
    }


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("hej@example.org", ("", "hej@example.org")),
        ("<hej@example.org>", ("", "hej@example.org")),
        ("Nätverket <hej@nätverket.se>", ("Nätverket", "hej@nätverket.se")),
        ("Kansliet, Skåne <hej@example.org>", ("Kansliet, Skåne", "hej@example.org")),
        ('"Kansliet, Skåne" <hej@example.org>', ("Kansliet, Skåne", "hej@example.org")),
        ('Kansliet: "vi" <hej@example.org>', ('Kansliet: "vi', "hej@example.org")),
    ],
)
def test_a_sender_is_a_name_and_its_address(monkeypatch, value, read):
    monkeypatch.setenv("TILLIT_X", value)
    assert parseaddr(env.mail_sender("TILLIT_X")) == read


@pytest.mark.parametrize(
    "value",
    [
        "Kansliet",
        "a@example.org, b@example.org",
        "Kansliet hej@example.org",
        "hej@example.org>",
        "Kansliet <hej@example.org> Skåne",
        "Kansliet <hej@example.org",
        "a\u2028b <hej@example.org>",
        "Kansliet <hej>",
    ],
)
def test_a_sender_without_an_address_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("TILLIT_X", value)
    with pytest.raises(ImproperlyConfigured, match="TILLIT_X"):
        env.mail_sender("TILLIT_X")


@pytest.mark.parametrize("read", [env.mail_server, env.mailbox])
def test_none_is_none(monkeypatch, read):
    assert read("TILLIT_X") is None
    monkeypatch.setenv("TILLIT_X", " ")
    assert read("TILLIT_X") is None


def test_no_sender_is_no_sender(monkeypatch):
    assert env.mail_sender("TILLIT_X") == ""
    monkeypatch.setenv("TILLIT_X", " ")
    assert env.mail_sender("TILLIT_X") == ""


@pytest.mark.parametrize("read", [env.mail_server, env.mailbox])
@pytest.mark.parametrize(
    "value",
    [
        "mail.example.org",
        "http://hej:hush@mail.example.org",
        "smtp://hej:hush@:587",
        "smtp://hej:hush@mail.example.org:port",
        "smtp://hej:hush@mail.example.org:99999",
        "smtp://hej:hush@mail.example.org/box",
        "imaps://hej:hush@[x",
    ],
)
def test_what_can_not_be_read_is_named_and_not_repeated(monkeypatch, read, value):
    monkeypatch.setenv("TILLIT_X", value)
    with pytest.raises(ImproperlyConfigured, match="TILLIT_X") as told:
        read("TILLIT_X")
    assert "hush" not in str(told.value)


def test_hosts(monkeypatch):
    assert env.hosts("TILLIT_X") == frozenset()
    monkeypatch.setenv("TILLIT_X", "smtp.Example.org, 192.0.2.1,")
    assert env.hosts("TILLIT_X") == {"smtp.example.org", "192.0.2.1"}


def test_an_address(monkeypatch):
    assert env.address("TILLIT_X", "http://localhost:8000/") == "http://localhost:8000"
    for wrong in (
        "tillit.example.org",
        "https://",
        "https://a.example.org/tillit",
        "ftp://a.example.org",
        " ",
    ):
        monkeypatch.setenv("TILLIT_X", wrong)
        with pytest.raises(ImproperlyConfigured, match="TILLIT_X"):
            env.address("TILLIT_X", "")


@pytest.mark.parametrize(
    ("host", "https", "address"),
    [
        ("localhost", False, "http://localhost:8000"),
        ("tillit.example.org", True, "https://tillit.example.org"),
        (".example.org", True, "https://example.org"),
        ("*", False, "http://localhost:8000"),
    ],
)
def test_where_an_installation_thinks_it_is(host, https, address):
    assert env.own_address(host, 8000, https=https) == address
