"""Five thousand receivers: quickly, and with as many questions to the database as for fifty."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tillit.letters import sending
from tillit.letters.models import Recipient
from tillit.letters.tasks import send
from tillit.post.models import Message
from tillit.register.models import Contact, Organisation, Secretariat

pytestmark = pytest.mark.django_db
MANY = 5000
PATIENCE = 90  # seconds, on the slowest machine


@pytest.fixture
def many(cast):
    kept = Secretariat.objects.get(side="civil")
    organisations = Organisation.objects.bulk_create(
        Organisation(
            key=f"nr-{number}", name=f"Förening {number}", sector="civil", secretariat=kept
        )
        for number in range(MANY)
    )
    Contact.objects.bulk_create(
        Contact(
            key=f"k-{it.key}",
            organisation=it,
            email=f"{it.key}@example.org",
            language="en" if number % 10 == 0 else "sv",
            start="2010-01-01",
            end="..",
        )
        for number, it in enumerate(organisations)
    )


def test_five_thousand_mails_are_rows_in_a_while_and_each_once(
    cast, many, write, press_send, monkeypatch
):
    letter = write(text_en="Dear {name}", subject_line_en="Annual meeting")
    began = time.monotonic()
    press_send(cast.coordinator, letter, work=False)
    assert Recipient.objects.count() == MANY
    questions = []
    write_batch = sending.write_batch

    def counted(letter, batch):
        with CaptureQueriesContext(connection) as asked:
            written = write_batch(letter, batch)
        questions.append(len(asked))
        return written

    monkeypatch.setattr(sending, "write_batch", counted)
    send.func(letter.pk)
    assert time.monotonic() - began < PATIENCE
    assert (
        Message.objects.filter(about=letter.subject).values("to_email").distinct().count() == MANY
    )
    assert Message.objects.filter(language="en").count() == MANY / 10
    assert len(questions) == MANY / sending.BATCH
    assert len(set(questions)) == 1
    assert questions[0] <= 32  # SQLite takes a batch in pieces


def test_the_pages_are_quick_and_ask_little(cast, many, write, press_send, most_queries):
    letter = write()
    cast.coordinator.get("/utskick/brevet/sandning/")  # begins the session's token
    for page in ("urval", "granskning", "sandning"):
        with most_queries():
            assert cast.coordinator.get(f"/utskick/brevet/{page}/").status_code == 200
    press_send(cast.coordinator, letter, work=False)
    for page in ("", "mottagare/", "mottagare/?outcome=waiting"):
        with most_queries():
            assert cast.coordinator.get(f"/utskick/brevet/{page}").status_code == 200
    assert (
        len(cast.coordinator.get("/utskick/brevet/mottagare.csv").getvalue().splitlines())
        == MANY + 1
    )


def test_choosing_asks_as_much_for_many_as_for_few(cast, many, write):
    write()
    answer = cast.coordinator.get("/utskick/brevet/urval/")
    assert answer.context["chosen"].count == MANY
    assert len(answer.content) < 300_000
