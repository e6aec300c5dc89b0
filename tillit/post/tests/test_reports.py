"""Reports of mails that came back, as mail servers and mail services write them."""

import json
from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.post.bounces import Bounce, Kind, kind_of
from tillit.post.reports import bounces_in, told

REPORT = """\
From: mailer-daemon@example.org
To: hej@example.org
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

I could not deliver it.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; mina@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <mina@example.org>: no such user

--B
Content-Type: {returned}

From: hej@example.org
Message-ID: {name}
Subject: A test

--B--
"""


def report(name="<a@b>", action="failed", status="5.1.1", returned="message/rfc822"):
    text = REPORT.format(name=name, action=action, status=status, returned=returned)
    return message_from_bytes(text.encode())


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_of_a_mail_server_is_read(returned):
    (it,) = bounces_in(report("<abc@example.org>", returned=returned))
    assert it.kind is Kind.GONE
    assert it.message_id == "<abc@example.org>"
    assert it.email == "mina@example.org"
    assert it.reason.startswith("550 5.1.1")


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("failed", "5.1.1", Kind.GONE),
        ("failed", "5.2.1", Kind.GONE),
        ("failed", "5.0.0", Kind.GONE),
        ("failed", "5.2.2", Kind.FAILED),  # the mailbox is full
        ("failed", "5.7.1", Kind.FAILED),  # taken for spam
        ("failed", "4.4.7", Kind.FAILED),
        ("delayed", "4.4.1", Kind.DELAYED),
        ("delivered", "2.0.0", None),
        ("", "", None),
    ],
)
def test_a_report_speaks_of_the_address_or_only_of_the_mail(action, status, kind):
    assert kind_of(action, status) is kind
    assert [it.kind for it in bounces_in(report(action=action, status=status))] == (
        [kind] if kind else []
    )


def test_a_mail_by_a_person_is_no_report():
    mail = message_from_bytes(b"From: mina@example.org\nSubject: Thanks\n\nStatus: 5.1.1\n")
    assert list(bounces_in(mail)) == []


@pytest.mark.parametrize("cut", range(0, len(REPORT), 40))
def test_half_a_report_does_no_harm(cut):
    text = REPORT.format(name="<a@b>", action="failed", status="5.1.1", returned="message/rfc822")
    list(bounces_in(message_from_bytes(text[:cut].encode())))


@pytest.mark.parametrize("name", ["<>", "<", "<@b>", "<a@[b>", "", "\0", "<a@b", "=?utf-8?q?=3C?="])
@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers"])
def test_a_name_that_is_no_name_does_no_harm(name, returned):
    (it,) = bounces_in(report(name, returned=returned))
    assert it.message_id == name


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "RecordType",
                        "Type",
                        "event-data",
                        "event",
                        "severity",
                        "message",
                        "headers",
                        "bounce",
                        "bouncedRecipients",
                        "mail",
                        "notificationType",
                        "Message",
                        "type",
                        "email",
                        "message_id",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_whatever_a_service_says_it_is_read_or_refused(given_):
    try:
        found = told(json.dumps(given_).encode())
    except ValueError:
        return
    assert all(isinstance(it, Bounce) for it in found)
