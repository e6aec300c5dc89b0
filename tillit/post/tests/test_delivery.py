"""What waits is sent, and of each mail it is known how far it came."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest
from django.utils import timezone

from tillit.post.delivery import PAUSES, is_work, send_waiting, take, tell_uncertain
from tillit.post.models import Message, OptOut, State, Suppression, Trouble
from tillit.post.outbox import Addressee, write
from tillit.post.server import why_waiting
from tillit.post.tests.servers import CLOSE, SILENCE, playing
from tillit.post.verdicts import Fault

pytestmark = pytest.mark.django_db
TEMPLATE = "post/mail/test.md"


@pytest.fixture(autouse=True)
def sender(settings):
    settings.TILLIT_MAIL_FROM = "Nätverket <hej@nätverket.example.org>"


@pytest.fixture
def server(settings):
    with playing() as it:
        use(settings, it)
        yield it


def use(settings, server, **more):
    settings.TILLIT_MAIL = {"host": "127.0.0.1", "port": server.port, "security": "none", **more}


def mail(email="mina@example.org", **more):
    it = write(TEMPLATE, Addressee(email, more.pop("name", ""), "en"), kind="test", **more)
    it.refresh_from_db()
    return it


def seen(message):
    message.refresh_from_db()
    return message.state


def later(**by):
    """Let the time pass for everything that waits."""
    ago = timezone.now() - timedelta(**by)
    Message.objects.update(next_attempt_at=ago)
    Trouble.objects.update(seen_at=ago, since=ago)


def test_a_mail_is_sent_with_both_parts_and_all_its_heads(server):
    it = mail("mina@åsa.example.org", name="Mina Ö", topic="letters", reply_to="karin@example.org")
    assert is_work()
    assert not send_waiting()
    assert seen(it) == State.SENT
    assert (it.reply_code, it.attempts) == (250, 1)
    assert it.sent_at
    assert it.settled_at
    (content,) = server.taken
    sent = message_from_bytes(content, policy=SMTP)
    assert sent["From"] == "Nätverket <hej@xn--ntverket-0za.example.org>"
    assert sent["To"] == "Mina Ö <mina@xn--sa-xia.example.org>"
    assert sent["Subject"] == it.subject_line
    assert sent["Message-ID"] == it.message_id
    assert sent["Reply-To"] == "karin@example.org"
    assert sent["Content-Language"] == "en"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["List-Unsubscribe"].startswith("<http://localhost:8000/en/avanmalan/")
    assert sent.get_body(["plain"]).get_content().split() == it.text.split()
    assert "<html" in sent.get_body(["html"]).get_content()
    assert not is_work()


def test_nobody_else_is_named_in_a_mail(server):
    mail("a@example.org")
    mail("b@example.org")
    send_waiting()
    assert [message_from_bytes(it)["To"] for it in server.taken] == [
        "a@example.org",
        "b@example.org",
    ]
    assert server.calls == 1  # one conversation for all


def test_what_is_urgent_goes_first(server):
    mail("slow@example.org")
    mail("fast@example.org", urgent=True)
    send_waiting()
    assert [message_from_bytes(it)["To"] for it in server.taken] == [
        "fast@example.org",
        "slow@example.org",
    ]


def test_the_text_of_a_secret_is_gone_when_it_was_sent(server):
    it = mail(secret=True)
    assert it.text
    send_waiting()
    assert seen(it) == State.SENT
    assert (it.text, it.html) == ("", "")
    assert it.emptied_at


def test_a_line_that_is_a_full_stop_is_no_end(server):
    it = mail()
    Message.objects.update(text="One\n.\n..Two\n")
    send_waiting()
    assert seen(it) == State.SENT
    assert b"\r\n..\r\n...Two\r\n" in server.taken[0]


@pytest.mark.parametrize("step", ["RCPT", "DATA", "DOT"])
def test_a_no_for_good_is_shown_with_what_the_server_said(settings, step):
    with playing(
        **{step: lambda it: "550 no such person" if not it.script.pop("once", 0) else "x"}
    ) as server:
        use(settings, server)
        first = mail("gone@example.org")
        send_waiting()
        assert seen(first) == State.REFUSED
        assert (first.reply_code, first.reply) == (550, "no such person")
        assert not is_work()


@pytest.mark.parametrize("step", ["RCPT", "DATA", "DOT"])
def test_a_no_for_now_is_tried_again_after_pauses_that_grow(settings, step):
    with playing(**{step: "451 later, please"}) as server:
        use(settings, server)
        it, pauses = mail(), []
        for _attempt in PAUSES:
            send_waiting()
            assert seen(it) == State.WAITING
            pauses.append((it.next_attempt_at - timezone.now()).total_seconds() / 60)
            later(minutes=1)
        assert pauses == pytest.approx(list(PAUSES), abs=0.1)
        send_waiting()
        assert seen(it) == State.REFUSED
        assert (it.reply_code, it.reply) == (451, "later, please")


def test_a_refused_mail_does_not_stop_the_next(settings):
    answers = iter(["550 no", "250 ok"])
    with playing(RCPT=lambda _server: next(answers)) as server:
        use(settings, server)
        first, second = mail("a@example.org"), mail("b@example.org")
        send_waiting()
        assert (seen(first), seen(second)) == (State.REFUSED, State.SENT)
        assert "rset" in server.said


@pytest.mark.parametrize("end", [CLOSE, SILENCE])
def test_a_server_that_dies_with_the_mail_in_its_hands_leaves_it_uncertain(settings, end):
    settings.TILLIT_MAIL_TIMEOUT = 0.5
    with playing(DOT=end) as server:
        use(settings, server)
        first, second = mail("a@example.org"), mail("b@example.org")
        assert not send_waiting()
        assert (seen(first), seen(second)) == (State.UNCERTAIN, State.WAITING)
        assert len(server.taken) == 1
        # The server gets a rest before the next one, and the first never goes again by itself.
        assert not is_work()
        Message.objects.filter(pk=first.pk).update(settled_at=timezone.now() - timedelta(minutes=3))
        assert is_work()
        server.script.clear()
        send_waiting()
        assert (seen(first), seen(second)) == (State.UNCERTAIN, State.SENT)
        assert len(server.taken) == 2


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "BODY"])
def test_a_server_that_dies_before_the_end_has_nothing(settings, step):
    with playing(**{step: CLOSE}) as server:
        use(settings, server)
        it = mail()
        if step == "BODY":  # more than the line holds, so that the end is never handed over
            Message.objects.update(text="All of this is long.\n" * 500_000)
        send_waiting()
        assert seen(it) == State.WAITING
        assert (it.attempts, it.taken_by) == (1, "")
        assert Trouble.current().fault == Fault.LOST
        server.script.clear()
        later(minutes=5)
        send_waiting()
        assert seen(it) == State.SENT
        assert Trouble.current() is None


def test_a_server_that_hangs_up_now_and_then_is_called_again(settings):
    def every_third(server):
        return CLOSE if len(server.taken) % 3 == 2 and server.script.pop("armed", 0) else "250 ok"

    with playing(RCPT=every_third, armed=1) as server:
        use(settings, server)
        for number in range(5):
            mail(f"{number}@example.org")
        send_waiting()
        assert Message.objects.filter(state=State.SENT).count() == 4
        later(minutes=5)
        send_waiting()
        assert Message.objects.filter(state=State.SENT).count() == 5
        assert len(server.taken) == 5


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ({"GREETING": "554 not you"}, Fault.NO_GREETING),
        ({"GREETING": CLOSE}, Fault.LOST),
        ({"GREETING": SILENCE}, Fault.TIMEOUT),
        ({"MAIL": "550 not from there"}, Fault.SENDER_REFUSED),
        ({"MAIL": "450 too much"}, Fault.BUSY),
    ],
)
def test_what_is_not_the_mails_fault_leaves_all_waiting_and_is_told(settings, script, fault):
    settings.TILLIT_MAIL_TIMEOUT = 0.5
    with playing(**script) as server:
        use(settings, server)
        first, second = mail(), mail()
        assert not send_waiting()
        assert (seen(first), seen(second)) == (State.WAITING, State.WAITING)
        assert first.attempts == 0
        assert Trouble.current().fault == fault
        assert why_waiting() == str(fault.words)
        # Not again at once, and with pauses that grow.
        calls = server.calls
        assert not is_work()
        assert not send_waiting()
        assert server.calls == calls
        now = timezone.now()
        Trouble.objects.update(
            since=now - timedelta(minutes=40), seen_at=now - timedelta(minutes=10)
        )
        assert not is_work()
        Trouble.objects.update(
            since=now - timedelta(minutes=40), seen_at=now - timedelta(minutes=20)
        )
        assert is_work()


def test_without_a_server_mail_waits_and_says_why(settings):
    it = mail()
    assert not is_work()
    assert not send_waiting()
    assert seen(it) == State.WAITING
    assert "server" in why_waiting()


def test_without_a_sender_mail_waits_and_says_why(settings, server):
    settings.TILLIT_MAIL_FROM = ""
    mail()
    assert not is_work()
    assert not send_waiting()
    assert why_waiting()


@pytest.mark.parametrize(
    "email",
    ["no-at-sign", "two@@example.org", "a b@example.org", "a@.example.org", "a,b@example.org"],
)
def test_what_is_no_address_is_refused_with_words(server, email):
    it = mail(email)
    send_waiting()
    assert (seen(it), it.reply) == (State.REFUSED, "no-address")
    assert not server.taken


def test_an_address_with_å_before_the_at_sign_needs_a_server_that_can(settings):
    with playing() as server:
        use(settings, server)
        it = mail("åsa@example.org")
        send_waiting()
        assert (seen(it), it.reply) == (State.REFUSED, "SMTPUTF8")
    with playing(EHLO="250-mail.example.org\r\n250-8BITMIME\r\n250 SMTPUTF8") as server:
        use(settings, server)
        it = mail("åsa@example.org")
        send_waiting()
        assert seen(it) == State.SENT
        assert any(line.startswith("mail FROM") and "SMTPUTF8" in line for line in server.said)
        assert "åsa@example.org" in server.taken[0].decode()


def test_mail_is_held_for_who_has_opted_out_and_for_addresses_that_bounce(server):
    wanted = mail("mina@example.org", topic="letters")
    code = mail("mina@example.org")
    gone = mail("gone@example.org")
    OptOut.objects.create(email="mina@example.org", topic="letters")
    Suppression.objects.create(email="gone@example.org", reason="550")
    send_waiting()
    assert [seen(wanted), seen(code), seen(gone)] == [State.HELD, State.SENT, State.HELD]
    assert wanted.settled_at
    assert len(server.taken) == 1
    # What is written from now on is held at once.
    assert mail("Mina@Example.org", topic="letters").state == State.HELD
    assert mail("mina@example.org", topic="news").state == State.WAITING


def test_what_a_worker_took_and_never_told_of_becomes_uncertain(settings, server):
    it = mail()
    now = timezone.now()
    assert take("worker", now).pk == it.pk
    assert take("another", now) is None
    assert tell_uncertain(now + timedelta(seconds=settings.TILLIT_MAIL_LEASE - 1)) == 0
    assert tell_uncertain(now + timedelta(seconds=settings.TILLIT_MAIL_LEASE + 1)) == 1
    assert seen(it) == State.UNCERTAIN
    send_waiting()
    assert not server.taken


def test_in_a_demo_nothing_leaves_and_all_counts_as_sent(in_demo, server):
    it = mail(secret=True)
    assert it.state == State.SENT
    assert it.text  # the demo mailbox shows it
    assert not is_work()
    assert not server.calls
