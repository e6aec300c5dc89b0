"""A long document is asked for, made by a worker, fetched by those of its circle, and gone after a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tillit.kit import contributions
from tillit.kit.background.worker import do_waiting_tasks
from tillit.kit.circles import Viewer
from tillit.kit.documents import asking, queue
from tillit.kit.documents.tests.samples import document
from tillit.kit.files import storage
from tillit.kit.models import MadeDocument

pytestmark = pytest.mark.django_db(transaction=True)
CALLED = {"name": "svaren", "title": "Alla svar"}


@pytest.fixture
def told(monkeypatch, settings):
    """A subject that has a document, and how often it was made; the words are those of its readers."""
    made = []

    def document_of(subject, viewer, day):
        made.append(sorted(viewer.circles))
        if subject != "thing:1":
            return None
        return document(settings, TEXT)

    monkeypatch.setattr(queue, "document_of", document_of)
    return made


TEXT = (
    "{% extends frame %}{% block document %}<h1>{{ document.title }}</h1><p>Ja.</p>{% endblock %}"
)


def ask(of="thing:1", circle="public", form="docx", now=None):
    return asking.ask(of, form, circle, CALLED, now or timezone.now())


def test_it_is_made_by_a_worker_and_fetched(client, told):
    row = ask()
    page = client.get(row.get_absolute_url())
    assert "Dokumentet görs" in page.content.decode()
    assert client.get(f"{row.get_absolute_url()}fil/")["Location"] == row.get_absolute_url()
    do_waiting_tasks()
    assert "Hämta dokumentet" in client.get(row.get_absolute_url()).content.decode()
    file = client.get(f"{row.get_absolute_url()}fil/")
    assert b"".join(file.streaming_content).startswith(b"PK")
    assert 'filename="svaren.docx"' in file["Content-Disposition"]
    assert told == [["public"]]


def test_it_is_made_as_its_circle_reads_and_is_there_for_that_circle_alone(cast, told):
    row = ask(circle="organisation:foreningen")
    do_waiting_tasks()
    assert told == [["organisation:foreningen", "public"]]
    page, file = row.get_absolute_url(), f"{row.get_absolute_url()}fil/"
    assert cast.member.get(page).status_code == 200
    assert b"".join(cast.member.get(file).streaming_content).startswith(b"PK")
    for client in (cast.outsider, cast.anonymous):
        assert {client.get(it).status_code for it in (page, file)} == {404}
    assert cast.member.post(row.get_absolute_url()).status_code == 405


def test_who_asks_again_soon_gets_the_same_and_later_a_new_one(told):
    now = timezone.now()
    first = ask(now=now)
    do_waiting_tasks()
    first.refresh_from_db()
    old = first.path
    assert ask(now=now + timedelta(minutes=5)).asked_at == first.asked_at
    later = ask(now=now + timedelta(minutes=11))
    assert (later.pk, later.made_at) == (first.pk, None)
    assert not storage.is_there(old)
    do_waiting_tasks()
    later.refresh_from_db()
    assert storage.is_there(later.path)
    assert len(told) == 2


def test_why_it_could_not_be_made_is_told(client, told):
    row = ask(of="thing:2")
    do_waiting_tasks()
    assert "finns inte längre" in client.get(row.get_absolute_url()).content.decode()
    row.refresh_from_db()
    assert row.made_at is None
    assert not row.is_under_way


def test_it_goes_after_a_day_with_its_file(told):
    row = ask()
    do_waiting_tasks()
    row.refresh_from_db()
    assert queue.purge(timezone.now() + timedelta(hours=23)) == 0
    assert queue.purge(timezone.now() + timedelta(hours=25)) == 1
    assert not storage.is_there(row.path)
    assert not MadeDocument.objects.exists()


def test_nobody_knows_a_subject_that_no_context_knows():
    assert contributions.document_of("skräp", Viewer(), timezone.localdate()) is None
