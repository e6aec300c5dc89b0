"""What comes back is heard from mail services and from the mailbox, and believed with care."""

import json

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from tillit.post.bounces import Bounce, Kind, record
from tillit.post.models import MailSettings, Message, OptOut, State, Suppression
from tillit.post.outbox import Addressee, write
from tillit.post.views.bounces import LARGEST, bounces

pytestmark = pytest.mark.django_db
TOKEN = "a-secret-of-some-length"


@pytest.fixture(autouse=True)
def token(settings):
    settings.TILLIT_BOUNCE_TOKEN = TOKEN


@pytest.fixture
def sent():
    it = write("post/mail/test.md", Addressee("mina@example.org"), kind="letter", topic="letters")
    Message.objects.update(state=State.SENT, sent_at=timezone.now())
    it.refresh_from_db()
    return it


def tell(client, body, token=TOKEN, **more):
    address = reverse("post:bounces", kwargs={"token": token})
    body = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(address, body, content_type="application/json", **more)


def suppressed():
    return list(Suppression.objects.filter(lifted_at=None).values_list("email", flat=True))


def shapes(sent):
    name = sent.message_id.strip("<>")
    ses = {
        "notificationType": "Bounce",
        "bounce": {
            "bounceType": "Permanent",
            "bouncedRecipients": [
                {"emailAddress": "mina@example.org", "diagnosticCode": "550 gone"}
            ],
        },
        "mail": {
            "headers": [
                {"name": "From", "value": "x"},
                {"name": "Message-ID", "value": f"<{name}>"},
            ]
        },
    }
    return {
        "ours": {
            "message_id": f"<{name}>",
            "email": "mina@example.org",
            "type": "hard",
            "reason": "550 gone",
        },
        "without brackets": {"message_id": name, "type": "hard"},
        "a list": [{"message_id": name, "type": "hard"}],
        "postmark": {
            "RecordType": "Bounce",
            "Type": "HardBounce",
            "Email": "Mina@example.org",
            "Description": "gone",
            "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
            "Metadata": {"message": sent.key},
        },
        "mailgun": {
            "event-data": {
                "event": "failed",
                "severity": "permanent",
                "recipient": "mina@example.org",
                "message": {"headers": {"message-id": name}},
                "delivery-status": {"message": "550 gone"},
            }
        },
        "ses": ses,
        "ses by sns": {"Type": "Notification", "Message": json.dumps(ses)},
    }


@pytest.mark.parametrize(
    "shape", ["ours", "without brackets", "a list", "postmark", "mailgun", "ses", "ses by sns"]
)
def test_a_mail_that_came_back_for_good_stops_all_mail_to_its_address(client, sent, shape):
    assert tell(client, shapes(sent)[shape]).status_code == 204
    sent.refresh_from_db()
    assert sent.state == State.BOUNCED
    assert suppressed() == ["mina@example.org"]
    assert write("post/mail/test.md", Addressee("Mina@example.org"), kind="x").state == State.HELD
    tell(client, shapes(sent)[shape])  # told twice
    assert suppressed() == ["mina@example.org"]


@pytest.mark.parametrize("metadata", [None, {}, [], {"message": 7}, {"message": "of-another"}])
def test_of_postmark_the_address_is_heard_when_the_mail_is_not_known(client, sent, metadata):
    tell(client, {**shapes(sent)["postmark"], "Metadata": metadata})
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert suppressed() == ["mina@example.org"]


def test_what_is_delayed_changes_nothing(client, sent):
    tell(client, {"message_id": sent.message_id, "type": "soft", "email": "mina@example.org"})
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert suppressed() == []


def test_a_complaint_is_an_opt_out(client, sent):
    tell(client, {"message_id": sent.message_id, "type": "complaint"})
    assert OptOut.objects.get().topic == "letters"
    assert suppressed() == []


def test_a_secret_that_came_back_is_not_kept(client, sent):
    Message.objects.update(state=State.UNCERTAIN, secret=True)
    tell(client, {"message_id": sent.message_id, "type": "hard"})
    sent.refresh_from_db()
    assert (sent.state, sent.text, sent.html) == (State.BOUNCED, "", "")


def test_what_waits_can_not_have_come_back(client):
    it = write("post/mail/test.md", Addressee("mina@example.org"), kind="letter")
    tell(client, {"message_id": it.message_id, "type": "hard"})
    it.refresh_from_db()
    assert it.state == State.WAITING


def test_without_the_token_nobody_is_heard(client, sent, settings):
    body = {"message_id": sent.message_id, "type": "hard"}
    for wrong in ["x", TOKEN + "x", "å"]:
        assert tell(client, body, token=wrong).status_code == 404
    settings.TILLIT_BOUNCE_TOKEN = ""
    assert tell(client, body, token="None").status_code == 404
    row = MailSettings.objects.create(pk=1)
    assert tell(client, body, token=row.bounce_token).status_code == 204
    assert suppressed() == ["mina@example.org"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        "1",
        "null",
        "[1]",
        "{}",
        {"type": "hardest"},
        {"type": ["hard"]},
        "[" * 5000,
        {"Type": "Notification", "Message": "{"},
    ],
)
def test_what_makes_no_sense_is_refused_with_words(client, body):
    response = tell(client, body)
    assert response.status_code == 400
    assert suppressed() == []


def test_too_much_at_once_is_refused(client):
    assert tell(client, b" " * (LARGEST + 1)).status_code == 413


def test_whoever_has_not_the_token_keeps_nobody_from_telling(client, rf, sent):
    for _call in range(700):
        with pytest.raises(Http404):
            bounces(rf.post("/"), token="x")
    assert tell(client, {"message_id": sent.message_id, "type": "hard"}).status_code == 204
    assert suppressed() == ["mina@example.org"]


def test_only_posting_is_allowed(cast):
    address = reverse("post:bounces", kwargs={"token": TOKEN})
    for role in ("coordinator", "anonymous"):
        assert getattr(cast, role).get(address).status_code == 405


def test_a_report_in_the_mailbox_must_know_the_name_of_the_mail(sent):
    now = timezone.now()
    forged = Bounce(Kind.GONE, "<made-up@example.org>", "mina@example.org", "550")
    assert not record(forged, now, trusted=False)
    assert suppressed() == []
    assert record(
        Bounce(Kind.GONE, sent.message_id, "someone@example.org", "550"), now, trusted=False
    )
    assert suppressed() == ["mina@example.org"]  # the address that we wrote to, whatever it says


def test_a_mail_that_failed_leaves_its_address_alone(sent):
    record(Bounce(Kind.FAILED, sent.message_id, "", "552 full"), timezone.now(), trusted=False)
    sent.refresh_from_db()
    assert (sent.state, sent.reply) == (State.BOUNCED, "552 full")
    assert suppressed() == []


@pytest.mark.parametrize("odd", ["\0", "\ud800", "å\0b", "\u202e"])
def test_what_no_column_takes_does_no_harm(client, sent, odd):
    body = {"message_id": odd, "email": f"x{odd}@example.org", "type": "hard", "reason": odd}
    assert tell(client, body).status_code == 204
    assert tell(client, {**body, "message_id": sent.message_id}).status_code == 204
