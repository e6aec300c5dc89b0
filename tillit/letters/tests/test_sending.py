"""Sending a letter: once, to those who were looked at."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.letters import keeping, sending
from tillit.letters.choice import Choice
from tillit.letters.choices import Outcome
from tillit.letters.models import Letter, Recipient
from tillit.letters.outcomes import progress_of
from tillit.letters.tasks import go_on_sending, is_left, send
from tillit.post.models import Message, OptOut, State, Suppression
from tillit.register.models import Contact, Mandate, Organisation

pytestmark = pytest.mark.django_db
PAGE = "/utskick/brevet/sandning/"


@pytest.fixture
def letter(write, looked_after):
    it = write(text_en="Dear {name}", kind="news", reply_to="karin@example.org")
    looked_after("alfa", "anna@example.org")
    looked_after("beta", "bo@example.org", contact={"language": "en"})
    looked_after("gamma", "anna@example.org")
    return it


def test_the_last_page_tells_what_the_button_will_do(cast, letter, most_queries):
    OptOut.objects.create(email="anna@example.org", topic=letter.topic)
    with most_queries():
        answer = cast.coordinator.get(PAGE)
    said = answer.context
    assert said["chosen"].count == 2
    assert [number for _words, number in said["by_language"]] == [1, 1]
    assert said["held_back"] == 1
    assert said["first_lines"][0] == "Hej {namn}!"


def test_each_address_gets_one_mail_of_its_own(cast, letter, press_send):
    answer = press_send(cast.coordinator, letter)
    assert answer.url == "/utskick/brevet/"
    anna, bo = Message.objects.order_by("to_email")
    assert (anna.to_email, bo.to_email) == ("anna@example.org", "bo@example.org")
    assert "Alfa, Gamma" in anna.text
    assert (anna.language, bo.language) == ("sv", "en")
    assert "Dear Bo" in bo.text
    assert "bo@" not in anna.text + anna.html
    assert {it.sender_name for it in (anna, bo)} == {"Paraplyet"}
    assert {it.reply_to for it in (anna, bo)} == {"karin@example.org"}
    assert anna.topic == letter.topic
    assert "/avanmalan/" in anna.text
    letter.refresh_from_db()
    assert letter.started_by.key == "karin"
    assert letter.written_at
    assert Activity.objects.filter(subject=letter.subject, actor="person:karin").count() == 1
    [one] = Recipient.objects.filter(email="anna@example.org")
    assert [it.key for it in one.organisations.order_by("key")] == ["alfa", "gamma"]
    assert one.message == anna


def test_a_double_press_sends_one_letter(cast, letter, press_send):
    stamp = cast.coordinator.get(PAGE).context["chosen"].stamp
    for _time in range(2):
        answer = cast.coordinator.post(PAGE, {"stamp": stamp})
        assert answer.url == "/utskick/brevet/"
    assert DBTaskResult.objects.filter(task_path="tillit.letters.tasks.send").count() == 1
    for _time in range(2):
        send.func(letter.pk)
    assert Message.objects.count() == 2
    assert cast.coordinator.get(PAGE).url == "/utskick/brevet/"


def test_what_has_changed_since_the_page_was_opened_is_looked_at_again(cast, letter, looked_after):
    stamp = cast.coordinator.get(PAGE).context["chosen"].stamp
    Contact.objects.filter(email="bo@example.org").update(
        end="2020-01-01", possible_until="2020-01-01", certain_until="2020-01-01"
    )
    answer = cast.coordinator.post(PAGE, {"stamp": stamp})
    assert answer.status_code == 409
    assert answer.context["changed"]
    assert not Recipient.objects.exists()
    again = cast.coordinator.post(PAGE, {"stamp": answer.context["chosen"].stamp})
    assert again.status_code == 302
    assert Recipient.objects.get().email == "anna@example.org"


@pytest.mark.parametrize(
    "lacks", [{"subject_line": ""}, {"text": ""}, {"kind": "required"}, {"choice": Choice().kept()}]
)
def test_an_unfinished_letter_is_not_sent(cast, letter, lacks):
    Letter.objects.update(**lacks)
    answer = cast.coordinator.get(PAGE)
    assert len(answer.context["missing"]) == 1
    stamp = answer.context["chosen"].stamp
    assert cast.coordinator.post(PAGE, {"stamp": stamp}).status_code == 422
    assert not Recipient.objects.exists()


def test_nobody_gets_a_letter_that_has_no_receivers(cast, letter):
    letter.refresh_from_db()
    nobody = sending.Chosen([], [], [])
    with pytest.raises(Refused):
        sending.start(letter, nobody, None, None, timezone.now())


def test_who_has_said_no_gets_none_but_the_required_ones(cast, letter, press_send):
    OptOut.objects.create(email="anna@example.org", topic=letter.topic)
    Suppression.objects.create(email="bo@example.org")
    press_send(cast.coordinator, letter)
    assert progress_of(letter).of(Outcome.HELD) == 2
    assert set(Message.objects.values_list("state", flat=True)) == {State.HELD}
    Message.objects.all().delete()
    needed = Letter.objects.create(
        key="kallelse", organisation=letter.organisation, secretariat=letter.secretariat,
        kind="required", required_reason="Stadgarna", subject_line="Kallelse", text="Kom",
        choice=letter.choice, touched_at=timezone.now(),
    )  # fmt: skip
    press_send(cast.coordinator, needed)
    anna, bo = Message.objects.order_by("to_email")
    assert (anna.state, bo.state) == (State.WAITING, State.HELD)
    assert anna.topic == ""
    assert "/avanmalan/" not in anna.text


def test_saying_no_to_one_sender_is_no_no_to_another(cast, write, looked_after, press_send):
    civil, public = write(key="civilt"), write(side="public", key="offentligt")
    looked_after("alfa", "anna@example.org")
    looked_after("kommunen", "anna@example.org", side="public")
    OptOut.objects.create(email="anna@example.org", topic=civil.topic)
    press_send(cast.coordinator, civil)
    press_send(cast.official, public)
    states = dict(Message.objects.values_list("sender_name", "state"))
    assert states == {"Paraplyet": State.HELD, "Regionen": State.WAITING}


def test_a_worker_that_dies_leaves_nothing_out_and_nothing_twice(
    cast, letter, press_send, monkeypatch
):
    press_send(cast.coordinator, letter, work=False)
    monkeypatch.setattr(sending, "BATCH", 1)
    tie, ties = sending.tie, []

    def dies_in_the_second_batch(*arguments):
        ties.append(arguments)
        if len(ties) == 2:
            raise SystemExit
        return tie(*arguments)

    monkeypatch.setattr(sending, "tie", dies_in_the_second_batch)
    with pytest.raises(SystemExit):
        send.func(letter.pk)
    assert Message.objects.count() == 1
    assert is_left()
    go_on_sending.func()
    assert sorted(Message.objects.values_list("to_email", flat=True)) == [
        "anna@example.org",
        "bo@example.org",
    ]
    assert not is_left()
    assert Recipient.objects.filter(message=None).count() == 0


def test_who_is_erased_while_the_mails_are_rendered_gets_none(
    cast, letter, press_send, monkeypatch
):
    press_send(cast.coordinator, letter, work=False)
    mails = sending.mails

    def meanwhile(*arguments):
        rendered = mails(*arguments)
        keeping.empty(Recipient.objects.filter(email="anna@example.org"))
        return rendered

    monkeypatch.setattr(sending, "mails", meanwhile)
    send.func(letter.pk)
    assert list(Message.objects.values_list("to_email", flat=True)) == ["bo@example.org"]
    assert Recipient.objects.get(email="").message is None
    assert not is_left()


def test_when_a_whole_batch_is_erased_the_next_is_written_all_the_same(
    cast, letter, press_send, monkeypatch
):
    press_send(cast.coordinator, letter, work=False)
    monkeypatch.setattr(sending, "BATCH", 1)
    mails = sending.mails

    def meanwhile(letter_, heads):
        rendered = mails(letter_, heads)
        keeping.empty(Recipient.objects.filter(email=heads[0].email, pk=first.pk))
        return rendered

    first = Recipient.objects.order_by("pk").first()
    monkeypatch.setattr(sending, "mails", meanwhile)
    send.func(letter.pk)
    assert Message.objects.count() == 1
    assert not is_left()


def test_the_letter_is_sent_though_the_writers_mandate_ends(cast, letter, press_send):
    press_send(cast.coordinator, letter, work=False)
    Mandate.objects.filter(person__key="karin").delete()
    send.func(letter.pk)
    assert Message.objects.count() == 2
    assert cast.coordinator.get("/utskick/brevet/").status_code == 403


def test_a_mandate_that_ended_while_one_looked_sends_nothing(cast, letter):
    stamp = cast.coordinator.get(PAGE).context["chosen"].stamp
    Mandate.objects.filter(person__key="karin").delete()
    assert cast.coordinator.post(PAGE, {"stamp": stamp}).status_code == 403
    assert not Recipient.objects.exists()


def test_an_organisation_protected_meanwhile_is_left_out(cast, letter):
    stamp = cast.coordinator.get(PAGE).context["chosen"].stamp
    Organisation.objects.filter(key="beta").update(protected=True)
    assert cast.coordinator.post(PAGE, {"stamp": stamp}).status_code == 409


def test_addresses_with_å_are_written_to(cast, letter, looked_after, press_send):
    looked_after("orebro", "åsa@örebro.se")
    press_send(cast.coordinator, letter)
    assert Message.objects.filter(to_email="åsa@örebro.se", state=State.WAITING).exists()


def test_others_are_turned_away(cast, letter):
    stamp = cast.coordinator.get(PAGE).context["chosen"].stamp
    for other, status in (
        (cast.official, 404),
        (cast.member, 403),
        (cast.outsider, 403),
        (cast.anonymous, 403),
    ):
        assert other.post(PAGE, {"stamp": stamp}).status_code == status
        assert other.post("/utskick/brevet/stopp/").status_code == status
    assert cast.coordinator.delete(PAGE).status_code == 405
    assert cast.coordinator.get("/utskick/brevet/stopp/").status_code == 405
    assert not Recipient.objects.exists()


def test_what_has_not_left_is_stopped(cast, letter, press_send):
    press_send(cast.coordinator, letter)
    Message.objects.filter(to_email="bo@example.org").update(state=State.TAKEN)
    assert cast.coordinator.post("/utskick/brevet/stopp/").url == "/utskick/brevet/"
    assert [it.to_email for it in Message.objects.all()] == ["bo@example.org"]
    progress = progress_of(letter)
    assert (progress.of(Outcome.STOPPED), progress.waiting) == (1, 1)
    letter.refresh_from_db()
    assert letter.stopped_by.key == "karin"
    cast.coordinator.post("/utskick/brevet/stopp/")
    assert Activity.objects.filter(subject=letter.subject).count() == 2


def test_what_is_stopped_before_it_is_written_is_never_written(cast, letter, press_send):
    press_send(cast.coordinator, letter, work=False)
    cast.coordinator.post("/utskick/brevet/stopp/")
    send.func(letter.pk)
    go_on_sending.func()
    assert not Message.objects.exists()
    assert progress_of(letter).of(Outcome.STOPPED) == 2


def test_a_task_for_a_letter_that_is_gone_does_nothing():
    send.func(4711)


@pytest.mark.django_db(transaction=True)
def test_ten_who_press_at_once_send_one_letter(cast, letter):
    stamp = cast.coordinator.get(PAGE).context["chosen"].stamp
    session = cast.coordinator.cookies["sessionid"].value

    def press(_number):
        try:
            browser = Client()
            browser.cookies["sessionid"] = session
            return browser.post(PAGE, {"stamp": stamp}).status_code
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(press, range(10))) == {302}
    assert Recipient.objects.count() == 2
    assert DBTaskResult.objects.filter(task_path="tillit.letters.tasks.send").count() == 1


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_and_a_stop_between_them_write_nothing_twice(
    cast, letter, press_send, monkeypatch
):
    for number in range(40):
        Contact.objects.create(
            key=f"c{number}", organisation=Organisation.objects.get(key="alfa"),
            email=f"{number}@example.org", start="2010-01-01", end="..",
        )  # fmt: skip
    press_send(cast.coordinator, letter, work=False)
    monkeypatch.setattr(sending, "BATCH", 3)

    def work(_number):
        try:
            send.func(letter.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert Message.objects.count() == Recipient.objects.count() == 42
    assert Recipient.objects.exclude(message=None).values("message").distinct().count() == 42
