"""The mailbox that bounces come to: reports are read, what people write is left alone."""

import imaplib
import ssl

import pytest
from django.utils import timezone

from tillit.post.mailbox import is_set, read_bounces
from tillit.post.models import MailSettings, Message, State, Suppression
from tillit.post.outbox import Addressee, write
from tillit.post.reports import bounces_in
from tillit.post.tests.servers import certificate, mailbox
from tillit.post.tests.test_reports import report

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    it = write("post/mail/test.md", Addressee("mina@example.org"), kind="letter")
    Message.objects.update(state=State.SENT)
    return it


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return context


def use(settings, server, password="hush"):  # noqa: S107
    settings.TILLIT_BOUNCE_MAILBOX = {
        "host": "localhost",
        "port": server.port,
        "user": "hej@example.org",
        "password": password,
    }


def test_reports_of_our_mails_are_recorded_and_count_as_read(settings, sent, trusted):
    mails = {
        1: bytes(report(sent.message_id)),
        2: b"From: mina@example.org\r\nSubject: Thanks\r\n\r\nFor the mail!\r\n",
        3: bytes(report("<of-somebody-else@example.org>")),
    }
    with mailbox(trusted, mails, "hush") as server:
        use(settings, server)
        assert is_set()
        assert read_bounces(timezone.now()) == 1
        assert server.read == {1}
        assert read_bounces(timezone.now()) == 0
    sent.refresh_from_db()
    assert sent.state == State.BOUNCED
    assert Suppression.objects.get().email == "mina@example.org"
    # Reading by itself marks nothing, and only the last days are asked for.
    assert all("BODY.PEEK[]" in it for it in server.said if it.startswith("FETCH"))
    (asked, _again) = (it for it in server.said if it.startswith("SEARCH"))
    assert "UNSEEN SINCE " in asked
    assert "multipart/report" in asked


def test_one_that_can_not_be_read_does_not_hide_the_older_ones(
    settings, sent, trusted, monkeypatch
):
    mails = {1: bytes(report(sent.message_id)), 2: bytes(report("<>")), 3: b"unheard of"}

    def of(mail):
        if mail.get_payload() == "unheard of":
            raise LookupError
        return bounces_in(mail)

    monkeypatch.setattr("tillit.post.mailbox.bounces_in", of)
    with mailbox(trusted, mails, "hush") as server:
        use(settings, server)
        assert read_bounces(timezone.now()) == 1
        assert server.read == {1, 3}
    sent.refresh_from_db()
    assert sent.state == State.BOUNCED


def test_a_wrong_password_is_an_error_that_the_background_page_shows(settings, sent, trusted):
    with mailbox(trusted, {}, "hush") as server:
        use(settings, server, password="wrong")
        with pytest.raises(imaplib.IMAP4.error):
            read_bounces(timezone.now())


def test_a_mailbox_that_nobody_vouches_for_gets_no_password(settings, sent, tmp_path):
    _file, context = certificate(tmp_path)
    with mailbox(context, {}, "hush") as server:
        use(settings, server)
        with pytest.raises(ssl.SSLCertVerificationError):
            read_bounces(timezone.now())
        assert server.said == []


def test_without_a_mailbox_nothing_is_read(settings):
    assert not is_set()
    assert read_bounces(timezone.now()) == 0
    MailSettings.objects.create(
        pk=1, imap_host="imap.example.org", imap_user="a", imap_password="b"
    )
    assert is_set()
