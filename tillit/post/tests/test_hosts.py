"""Which servers are called for mail, and which never."""

import socket

import pytest
from django.utils import timezone

from tillit.post.hosts import NotAllowed, call, is_allowed
from tillit.post.mailbox import read_bounces
from tillit.post.models import MailSettings
from tillit.post.outbox import Addressee
from tillit.post.server import Post, Sender, Server
from tillit.post.tests.servers import playing
from tillit.post.trial import try_mail
from tillit.post.verdicts import Fault

NEVER = [
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "fe80::1",
    "fd00:ec2::254",
    "0.0.0.0",  # noqa: S104
    "::",
    "224.0.0.1",
    "ff02::1",
]


NAME = "smtp.example.org"


def resolving(monkeypatch, *addresses):
    """The name leads to these."""
    asked, real = [], socket.getaddrinfo

    def found(host, port, *more, **named):
        asked.append(host)
        if host != NAME:
            return real(host, port, *more, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (it, port)) for it in addresses]

    monkeypatch.setattr("tillit.post.hosts.socket.getaddrinfo", found)
    return asked


def refuse_calls(monkeypatch):
    def refused(*_where):
        raise AssertionError("It was called.")

    monkeypatch.setattr("tillit.post.hosts.socket.create_connection", refused)


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_never_called_whatever_they_are_named(monkeypatch, address):
    assert not is_allowed(address)
    refuse_calls(monkeypatch)
    resolving(monkeypatch, "192.0.2.1", address)
    with pytest.raises(NotAllowed):
        call(NAME, 25, 1)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.25", "192.168.1.2", "::1", "fd00::25"])
def test_a_relay_within_ones_own_network_may_be_called(address):
    assert is_allowed(address)


def test_what_answers_is_what_was_looked_at(monkeypatch):
    with playing() as server:
        asked = resolving(monkeypatch, "127.0.0.1")
        with call(NAME, server.port, 5) as line:
            assert line.getpeername()[0] == "127.0.0.1"
    assert asked == [NAME, "127.0.0.1"]


def test_the_next_address_is_tried_when_one_does_not_answer(monkeypatch):
    with playing() as server:
        resolving(monkeypatch, "127.0.0.2", "127.0.0.1")  # it listens at the second alone
        with call(NAME, server.port, 5) as line:
            assert line.getpeername()[0] == "127.0.0.1"


@pytest.mark.django_db
@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_no_mail_goes_there_and_the_reason_is_told(monkeypatch, security):
    refuse_calls(monkeypatch)
    post = Post(Server("169.254.169.254", 80, security), Sender("hej@example.org", "N"))
    tried = try_mail(Addressee("karin@example.org"), post)
    assert tried.words == Fault.NOT_ALLOWED.words
    assert not tried.reply


@pytest.mark.django_db
def test_where_hosts_are_named_no_other_is_called(settings):
    settings.TILLIT_MAIL_HOSTS = frozenset({"smtp.example.org"})
    with playing() as server:
        post = Post(Server("127.0.0.1", server.port, "none"), Sender("hej@example.org", "N"))
        assert try_mail(Addressee("a@example.org"), post).words == Fault.NOT_ALLOWED.words
        assert not server.calls
        settings.TILLIT_MAIL_HOSTS = frozenset({"127.0.0.1"})
        assert try_mail(Addressee("a@example.org"), post).went


@pytest.mark.django_db
def test_no_mailbox_is_read_there(monkeypatch):
    refuse_calls(monkeypatch)
    MailSettings.objects.create(pk=1, imap_host="169.254.169.254", imap_user="a", imap_password="b")
    with pytest.raises(NotAllowed):
        read_bounces(timezone.now())
