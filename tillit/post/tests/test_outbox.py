"""Other contexts write mails; they are rows before anything is sent."""

import pytest
from django.test import RequestFactory
from django_tasks_db.models import DBTaskResult

from tillit.post.models import Message, OptOut, State, Suppression
from tillit.post.outbox import Addressee, Mailing, keep, prepared, take_back, write

pytestmark = pytest.mark.django_db
MINA = Addressee("Mina@Example.org ", "Mina Ö", "en", person="person:mina")
TEMPLATE = "post/mail/test.md"


def test_a_mail_is_a_row_with_its_text_and_a_name_of_its_own(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        it = write(TEMPLATE, MINA, kind="test", about="letter:abc", urgent=True)
    row = Message.objects.get()
    assert (row.state, row.to_email, row.to_name) == (State.WAITING, "mina@example.org", "Mina Ö")
    assert (row.about, row.kind, row.person) == ("letter:abc", "test", "person:mina")
    assert row.urgent
    assert (row.key, row.message_id) == (it.key, f"<{it.key}@localhost>")
    assert row.subject_line == "A test from Tillit"
    assert row.text.startswith("The test arrived")
    assert '<html lang="en">' in row.html


def test_one_task_looks_for_all_that_waits_and_knows_nobody(django_capture_on_commit_callbacks):
    for _mail in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            write(TEMPLATE, MINA, kind="test")
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {}}


def test_the_name_of_a_mail_ends_with_the_senders_domain_in_ascii(settings):
    settings.TILLIT_MAIL_FROM = "Nätverket <hej@nätverket.example.org>"
    it = write(TEMPLATE, MINA, kind="test")
    assert it.message_id == f"<{it.key}@xn--ntverket-0za.example.org>"
    assert "Sent by Nätverket." in it.text


def test_a_mail_is_in_the_language_of_who_gets_it():
    swedish = write(TEMPLATE, Addressee("a@example.org"), kind="test")
    assert swedish.language == "sv"
    assert '<html lang="sv">' in swedish.html


def test_mails_are_for_nobodys_eyes(cast):
    it = write(TEMPLATE, MINA, kind="test")
    assert it.circle == "post"
    assert it.subject == f"message:{it.key}"


def many(count):
    return [Addressee(f"{number}@example.org", f"Person {number}", "en") for number in range(count)]


def test_many_are_written_with_few_questions(django_assert_max_num_queries):
    mailing = Mailing(TEMPLATE, "letter", about="letter:abc", topic="letters")
    with django_assert_max_num_queries(50):  # SQLite takes thirty rows at once
        keep(prepared(mailing, many(1000)))
    assert Message.objects.count() == 1000
    assert Message.objects.values("message_id").distinct().count() == 1000


def test_a_writing_that_was_broken_off_goes_on_where_it_stopped():
    mailing = Mailing(TEMPLATE, "letter", about="letter:abc")
    keep(prepared(mailing, many(3)))
    first = set(Message.objects.values_list("pk", flat=True))
    keep(prepared(mailing, many(5)))
    assert Message.objects.count() == 5
    assert first < set(Message.objects.values_list("pk", flat=True))
    # Another letter, or a mail about nothing, may come to the same people.
    keep(prepared(Mailing(TEMPLATE, "letter", about="letter:def"), many(2)))
    keep(prepared(Mailing(TEMPLATE, "note"), many(2)))
    keep(prepared(Mailing(TEMPLATE, "note"), many(2)))
    assert Message.objects.count() == 11


def test_of_many_those_who_opted_out_are_held():
    OptOut.objects.create(email="1@example.org", topic="letters")
    Suppression.objects.create(email="2@example.org")
    keep(prepared(Mailing(TEMPLATE, "letter", about="letter:abc", topic="letters"), many(4)))
    states = dict(Message.objects.values_list("to_email", "state"))
    assert [states[it.email] for it in many(4)] == ["waiting", "held", "held", "waiting"]


def test_each_may_have_values_of_its_own():
    mailing = Mailing("post/mail/test.md", "letter", about="letter:abc")
    asked = []
    prepared(mailing, many(2), lambda to: asked.append(to.email) or {"name": to.name})
    assert asked == ["0@example.org", "1@example.org"]


def test_what_waits_is_taken_back_with_its_text():
    it = write(TEMPLATE, MINA, kind="invitation", about="invitation:abc")
    others = [
        write(TEMPLATE, MINA, kind="invitation", about="invitation:def"),
        write(TEMPLATE, MINA, kind="invitation-answered", about="invitation:abc"),
        write(TEMPLATE, MINA, kind="invitation", about="invitation:abc"),
    ]
    Message.objects.filter(pk=others[-1].pk).update(state=State.TAKEN)
    assert take_back("invitation:abc", "invitation") == 1
    it.refresh_from_db()
    assert (it.state, it.text, it.html, it.to_email) == (State.HELD, "", "", "mina@example.org")
    assert it.settled_at
    assert it.emptied_at
    assert not Message.objects.filter(pk__in=[other.pk for other in others], text="").exists()


def test_a_secret_that_is_held_at_once_is_not_kept():
    Suppression.objects.create(email="mina@example.org")
    assert write(TEMPLATE, MINA, kind="test").text
    it = write(TEMPLATE, MINA, kind="test", secret=True)
    it.refresh_from_db()
    assert (it.state, it.text, it.html) == (State.HELD, "", "")
    assert it.emptied_at


def test_the_way_out_of_a_mail_leads_to_its_page(client):
    it = write(TEMPLATE, MINA, kind="letter", topic="letters")
    (line,) = (line for line in it.text.splitlines() if "/avanmalan/" in line)
    path = line.partition("http://localhost:8000")[2].rstrip(".")
    assert client.get(path).status_code == 200
    assert RequestFactory().get(path).path.startswith("/en/avanmalan/")
    assert "mina" not in path
