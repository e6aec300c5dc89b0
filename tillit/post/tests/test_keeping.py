"""What is kept of a mail, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tillit.post.keeping import ADDRESSES, TEXTS, empty_addresses, empty_texts
from tillit.post.models import Message, State
from tillit.post.outbox import Addressee, write

pytestmark = pytest.mark.django_db
MINA = Addressee("mina@example.org", "Mina", person="person:mina", organisation="organisation:alfa")


def mail(days, state):
    it = write("post/mail/test.md", MINA, kind="test", reply_to="karin@example.org")
    written = timezone.now() - timedelta(days=days)
    Message.objects.filter(pk=it.pk).update(state=state, written_at=written)
    return it


@pytest.mark.parametrize("state", [State.WAITING, State.SENT, State.UNCERTAIN, State.HELD])
def test_what_old_mails_said_is_forgotten_whether_they_went_or_not(state):
    old, young = mail(TEXTS + 1, state), mail(TEXTS - 1, state)
    assert empty_texts(timezone.localdate()) == 1
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.text, old.html, old.to_email) == ("", "", "mina@example.org")
    assert young.text
    assert young.state == state
    # Nobody sends an empty mail.
    assert old.state == (State.HELD if state == State.WAITING else state)
    assert (old.settled_at is not None) == (state == State.WAITING)
    assert empty_texts(timezone.localdate()) == 0


def test_nothing_is_left_of_whom_a_very_old_mail_went_to():
    it = mail(ADDRESSES + 1, State.WAITING)
    assert empty_addresses(timezone.localdate()) == 1
    it.refresh_from_db()
    assert it.state == State.HELD
    said = (it.to_email, it.to_name, it.person, it.organisation, it.once, it.reply_to)
    assert (*said, it.subject_line, it.text, it.html, it.reply) == ("",) * 10
