"""The test mail says what came of it, in words for who sets up the installation."""

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from tillit.post.models import MailSettings, Message, State
from tillit.post.outbox import Addressee
from tillit.post.server import Post, Sender, Server, current_post
from tillit.post.tests.servers import CLOSE, SILENCE, certificate, playing, sink
from tillit.post.trial import WORDS, try_mail
from tillit.post.verdicts import Fate, Fault

pytestmark = pytest.mark.django_db
TO = Addressee("karin@example.org", language="en")


def post(port, security="none", host="127.0.0.1", **login):
    return Post(Server(host, port, security, **login), Sender("hej@example.org", "Nätverket"))


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    file, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return context


def test_a_test_that_arrives_says_so_and_is_kept():
    with playing() as server:
        tried = try_mail(TO, post(server.port))
    assert tried.went
    assert tried.words == WORDS[Fate.SENT]
    assert b"karin@example.org" in server.taken[0]
    row = Message.objects.get()
    assert (row.state, row.kind, row.reply_code) == (State.SENT, "test", 250)


@pytest.mark.parametrize(
    ("script", "words", "reply"),
    [
        ({"GREETING": "554 no"}, Fault.NO_GREETING.words, "no"),
        ({"GREETING": CLOSE}, Fault.LOST.words, ""),
        ({"GREETING": SILENCE}, Fault.TIMEOUT.words, ""),
        ({"MAIL": "550 5.7.1 not yours"}, Fault.SENDER_REFUSED.words, "5.7.1 not yours"),
        ({"MAIL": "450 slowly"}, Fault.BUSY.words, "slowly"),
        ({"RCPT": "550 who?"}, WORDS[Fate.REFUSED], "who?"),
        ({"RCPT": "450 later"}, WORDS[Fate.LATER], "later"),
        ({"DOT": "554 spam"}, WORDS[Fate.REFUSED], "spam"),
        ({"DOT": CLOSE}, WORDS[Fate.UNCERTAIN], "SMTPServerDisconnected"),
    ],
)
def test_what_went_wrong_is_told(settings, script, words, reply):
    settings.TILLIT_MAIL_TIMEOUT = 0.5
    with playing(**script) as server:
        tried = try_mail(TO, post(server.port))
    assert not tried.went
    assert (tried.words, tried.reply) == (words, reply)
    # It is not tried again by itself.
    assert not Message.objects.waiting().exists()


def test_a_server_that_is_not_there_is_told():
    with playing() as server:
        gone = server.port
    assert try_mail(TO, post(gone)).words == Fault.UNREACHABLE.words
    assert try_mail(TO, post(25, host="mail.invalid")).words == Fault.UNKNOWN_HOST.words
    assert try_mail(TO, post(25, host="a" * 70 + ".example.org")).words == Fault.UNKNOWN_HOST.words


def test_nothing_goes_in_the_clear_that_should_be_secured():
    with playing() as server:
        tried = try_mail(TO, post(server.port, "starttls", user="hej", password="hush"))
        assert tried.words == Fault.NO_TLS.words
        tried = try_mail(TO, post(server.port, "tls", user="hej", password="hush"))
        assert tried.words == Fault.TLS.words
        assert not any("hush" in line or "auth" in line for line in server.said)


def test_a_login_that_the_server_does_not_know_of_is_told():
    with playing() as server:
        tried = try_mail(TO, post(server.port, user="hej", password="hush"))
    assert tried.words == Fault.NO_LOGIN.words


def test_starttls_and_a_login(trusted):
    def authenticate(_server, _session, _envelope, _mechanism, data):
        return AuthResult(success=data == LoginPassword(b"hej", b"hush"), handled=False)

    given = {"tls_context": trusted, "authenticator": authenticate, "auth_required": True}
    with sink(**given) as server:
        right = {"host": "localhost", "user": "hej", "password": "hush"}
        assert try_mail(TO, post(server.port, "starttls", **right)).went
        tried = try_mail(TO, post(server.port, "starttls", **{**right, "password": "wrong"}))
        assert tried.words == Fault.LOGIN_REFUSED.words
        assert server.came.total() == 1


def test_a_certificate_for_another_name_is_told(trusted):
    with sink(tls_context=trusted) as server:
        assert try_mail(TO, post(server.port, "starttls")).words == Fault.BAD_CERTIFICATE.words


def test_a_certificate_that_nobody_vouches_for_is_told(tmp_path):
    _file, context = certificate(tmp_path)
    with sink(tls_context=context) as server:
        tried = try_mail(TO, post(server.port, "starttls", host="localhost"))
    assert tried.words == Fault.BAD_CERTIFICATE.words


def test_tls_from_the_start(trusted):
    with sink(ssl_context=trusted) as server:
        assert try_mail(TO, post(server.port, "tls", host="localhost")).went


def test_without_server_or_sender_there_is_no_test():
    assert not try_mail(TO).went
    with playing() as server:
        MailSettings.objects.create(pk=1, host="127.0.0.1", port=server.port, security="none")
        assert not try_mail(TO).went
        MailSettings.objects.update(sender_address="hej@example.org")
        assert try_mail(TO).went


def test_an_address_that_is_none_is_told():
    with playing() as server:
        tried = try_mail(Addressee("karin"), post(server.port))
    assert not tried.went
    assert "karin" in str(tried.words)


def test_in_a_demo_the_test_goes_to_the_demo_mailbox(in_demo):
    tried = try_mail(TO, post(9))
    assert tried.went
    assert Message.objects.get().kind == "test"


def test_the_environment_goes_before_what_was_set_in_the_browser(settings):
    MailSettings.objects.create(
        pk=1, host="row.example.org", sender_address="row@example.org", reply_to="r@example.org"
    )
    assert current_post().server.host == "row.example.org"
    settings.TILLIT_MAIL = {
        "host": "env.example.org",
        "port": 465,
        "security": "tls",
        "user": "",
        "password": "",
    }
    settings.TILLIT_MAIL_FROM = "Nätverket <env@example.org>"
    assert current_post() == Post(
        Server("env.example.org", 465, "tls"),
        Sender("env@example.org", "Nätverket", "r@example.org"),
    )
