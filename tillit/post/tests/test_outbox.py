"""Other contexts write mails; they are rows before anything is sent."""

import pytest
from django_tasks_db.models import DBTaskResult

from tillit.post.models import Message, State
from tillit.post.outbox import Addressee, write

pytestmark = pytest.mark.django_db
MINA = Addressee("Mina@Example.org", "Mina Ö", "en", person="person:mina")
TEMPLATE = "post/mail/test.md"


def test_a_mail_is_a_row_with_its_text_and_a_name_of_its_own(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        it = write(TEMPLATE, MINA, kind="test", about="letter:abc", urgent=True)
    row = Message.objects.get()
    assert (row.state, row.to_email, row.to_name) == (State.WAITING, "mina@example.org", "Mina Ö")
    assert (row.about, row.kind, row.person, row.urgent) == (
        "letter:abc",
        "test",
        "person:mina",
        True,
    )
    assert row.message_id == f"<{row.key}@localhost>"
    assert row.key == it.key
    assert row.subject_line
    assert row.text
    assert "<html" in row.html
    assert DBTaskResult.objects.get().args_kwargs == {"args": [], "kwargs": {}}
