"""What waits is sent, and of each mail it is known how far it came."""

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP

import pytest
from django.utils import timezone

from tillit.post.delivery import PAUSES, is_work, send_waiting, take, tell_uncertain
from tillit.post.models import MailSettings, Message, OptOut, State, Suppression, Trouble
from tillit.post.outbox import Addressee, write
from tillit.post.server import why_waiting
from tillit.post.tasks import deliver
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
    assert sent["X-PM-Metadata-message"] == it.key
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert b"\r\nList-Unsubscribe: <http://localhost:8000/en/avanmalan/" in content
    assert f"\r\nMessage-ID: {it.message_id}\r\n".encode() in content
    assert sent.get_body(["plain"]).get_content().split() == it.text.split()
    assert "<html" in sent.get_body(["html"]).get_content()
    assert not is_work()


def test_the_text_of_a_mail_goes_in_ascii_to_servers_that_take_nothing_else(settings):
    with playing(EHLO="250 mail.example.org") as server:
        use(settings, server)
        it = mail()
        Message.objects.update(text="Välkommen till årsmötet\n")
        send_waiting()
    assert seen(it) == State.SENT
    assert server.taken[0].isascii()
    sent = message_from_bytes(server.taken[0], policy=SMTP)
    assert sent.get_body(["plain"]).get_content().split() == it.text.split()


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


@pytest.mark.parametrize("odd", ["354 go on", "what?", "-1", "25O ok", "100 hm"])
def test_an_answer_to_the_end_that_is_neither_yes_nor_no_leaves_it_uncertain(settings, odd):
    with playing(DOT=odd) as server:
        use(settings, server)
        it = mail()
        send_waiting()
        later(minutes=5)
        send_waiting()
        assert seen(it) == State.UNCERTAIN
        assert it.reply
        assert len(server.taken) == 1


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_an_answer_before_the_end_that_makes_no_sense_is_a_no_for_now(settings, step):
    with playing(**{step: "what?"}) as server:
        use(settings, server)
        it = mail()
        send_waiting()
        assert (seen(it), it.reply_code) == (State.WAITING, None)
        assert not server.taken


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


def test_a_sender_that_is_no_address_is_no_mails_fault(settings, server):
    settings.TILLIT_MAIL_FROM = "Kansliet"
    it = mail(secret=True)
    send_waiting()
    assert seen(it) == State.WAITING
    assert it.text
    assert Trouble.current().fault == Fault.BAD_SENDER
    settings.TILLIT_MAIL_FROM = "hej@example.org"
    later(minutes=5)
    send_waiting()
    assert seen(it) == State.SENT


def test_a_reply_to_that_is_no_address_is_the_fault_of_whoever_set_it(server):
    own = mail(reply_to="karin")
    send_waiting()
    assert (seen(own), own.reply) == (State.REFUSED, "no-address")
    MailSettings.objects.create(pk=1, reply_to="kansliet")
    it = mail()
    send_waiting()
    assert seen(it) == State.WAITING
    assert Trouble.current().fault == Fault.BAD_SENDER


def test_a_mail_that_can_not_be_put_together_has_not_been_sent(server):
    first, second = mail("a@example.org"), mail("b@example.org")
    Message.objects.filter(pk=first.pk).update(subject_line="Two\u2028lines")
    send_waiting()
    assert (seen(first), first.attempts, first.reply) == (State.WAITING, 1, "ValueError")
    assert seen(second) == State.SENT


def test_the_name_of_a_sender_may_have_what_no_head_of_a_mail_may(settings, server):
    settings.TILLIT_MAIL_FROM = ""
    MailSettings.objects.create(pk=1, sender_address="hej@example.org", sender_name="A\u2028B, C")
    it = mail()
    send_waiting()
    assert seen(it) == State.SENT
    assert message_from_bytes(server.taken[0], policy=SMTP)["From"] == '"A B, C" <hej@example.org>'


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


def test_what_waits_until_it_is_of_no_use_is_held_and_emptied_without_any_server(settings):
    now = timezone.now()
    code = mail(secret=True, good_until=now + timedelta(minutes=5))
    letter = mail()
    assert not is_work()
    Message.objects.filter(pk=code.pk).update(good_until=now)
    assert is_work()
    deliver.func()
    assert (seen(code), code.text, code.html) == (State.HELD, "", "")
    assert code.settled_at
    assert code.emptied_at
    assert seen(letter) == State.WAITING
    assert letter.text
    assert not is_work()


def test_what_is_of_no_use_is_not_sent_the_day_mail_is_set_up(server):
    it = mail(good_until=timezone.now() - timedelta(seconds=1))
    send_waiting()
    assert seen(it) == State.WAITING  # until it is held
    assert not server.taken
    good = mail(good_until=timezone.now() + timedelta(minutes=1))
    send_waiting()
    assert seen(good) == State.SENT


def test_a_secret_is_not_kept_when_it_is_held(server):
    it = mail(secret=True)
    Suppression.objects.create(email="mina@example.org", reason="550")
    send_waiting()
    assert (seen(it), it.text, it.html) == (State.HELD, "", "")
    assert it.emptied_at


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


def test_a_worker_that_dies_after_a_no_for_now_does_not_make_the_server_silent(settings):
    with playing(RCPT="451 later, please") as server:
        use(settings, server)
        it = mail()
        send_waiting()
        assert seen(it) == State.WAITING
        later(minutes=5)
        another, now = mail("bo@example.org"), timezone.now()
        assert take("worker", now).pk == it.pk
        tell_uncertain(now + timedelta(seconds=settings.TILLIT_MAIL_LEASE + 1))
        assert (seen(it), it.reply, it.reply_code) == (State.UNCERTAIN, "", None)
        assert seen(another) == State.WAITING
        assert is_work()


def test_in_a_demo_nothing_leaves_and_all_counts_as_sent(in_demo, server):
    it = mail(secret=True)
    assert it.state == State.SENT
    assert it.text  # the demo mailbox shows it
    assert not is_work()
    assert not server.calls
