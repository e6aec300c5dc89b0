"""A person decides about mails that nobody knows of, and about addresses that bounced."""

import pytest
from django.utils import timezone

from tillit.kit.changes import Actor
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.post.decisions import let_be, lift, send_again
from tillit.post.models import Message, OptOut, State, Suppression
from tillit.post.outbox import Addressee, write

pytestmark = pytest.mark.django_db
KARIN = Actor("person:karin", "organisation:natverket")


def mail(state, **more):
    it = write(
        "post/mail/test.md",
        Addressee("mina@example.org"),
        kind="letter",
        about="letter:a",
        topic="letters",
    )
    Message.objects.filter(pk=it.pk).update(state=state, attempts=3, taken_by="w", **more)
    it.refresh_from_db()
    return it


@pytest.mark.parametrize("state", [State.UNCERTAIN, State.REFUSED, State.BOUNCED, State.HELD])
def test_once_more_means_the_same_mail_under_the_same_name(state):
    it, name = mail(state, settled_at=timezone.now()), Message.objects.get().message_id
    send_again(it, KARIN, timezone.now())
    it.refresh_from_db()
    assert (it.state, it.attempts, it.taken_by, it.settled_at) == (State.WAITING, 0, "", None)
    assert it.message_id == name
    (told,) = Activity.objects.all()
    assert (told.actor, told.subject, told.about) == ("person:karin", it.subject, "letter:a")
    assert told.changes == {}
    assert told.circle != "public"


@pytest.mark.parametrize("state", [State.WAITING, State.TAKEN, State.SENT])
def test_what_waits_or_went_is_not_sent_once_more(state):
    it = mail(state)
    with pytest.raises(Refused):
        send_again(it, KARIN, timezone.now())
    it.refresh_from_db()
    assert it.state == state
    assert not Activity.objects.exists()


def test_a_mail_whose_text_is_gone_can_not_be_sent():
    with pytest.raises(Refused):
        send_again(mail(State.REFUSED, text="", html=""), KARIN, timezone.now())


def test_who_opted_out_or_bounces_gets_nothing():
    it = mail(State.UNCERTAIN)
    OptOut.objects.create(email="mina@example.org", topic="letters")
    with pytest.raises(Refused):
        send_again(it, KARIN, timezone.now())
    OptOut.objects.all().delete()
    Suppression.objects.create(email="mina@example.org")
    with pytest.raises(Refused):
        send_again(it, KARIN, timezone.now())
    lift("mina@example.org", KARIN, timezone.now())
    send_again(it, KARIN, timezone.now())


def test_to_let_be_is_a_decision_too_and_is_made_once():
    it = mail(State.UNCERTAIN)
    assert Message.objects.undecided().get() == it
    let_be(it, KARIN, timezone.now())
    it.refresh_from_db()
    assert it.state == State.UNCERTAIN
    assert not Message.objects.undecided().exists()
    with pytest.raises(Refused):
        let_be(it, KARIN, timezone.now())
    assert Activity.objects.count() == 1


def test_a_secret_that_is_let_be_is_not_kept():
    it = mail(State.UNCERTAIN, secret=True)
    let_be(it, KARIN, timezone.now())
    it.refresh_from_db()
    assert (it.state, it.text, it.html) == (State.UNCERTAIN, "", "")


def test_an_address_that_is_not_held_back_can_not_be_let_go():
    with pytest.raises(Refused):
        lift("mina@example.org", KARIN, timezone.now())


def test_an_address_can_bounce_again():
    Suppression.objects.create(email="mina@example.org")
    lift("mina@example.org", KARIN, timezone.now())
    Suppression.objects.create(email="mina@example.org")
    assert Suppression.objects.count() == 2
