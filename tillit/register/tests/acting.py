"""What the tests of who acts for whom have in common."""

import re
from datetime import timedelta

from django.utils import timezone

from tillit.kit.changes import Actor
from tillit.kit.days import today
from tillit.post.models import Message
from tillit.register.actions.inviting import invite
from tillit.register.models import Invitation, Mandate, Organisation, Person
from tillit.register.tests.factories import MandateFactory

LINK = re.compile(r"https?://[^/\s]+(/(?:en/)?inbjudan/[^\s)]+/)")
CODE = re.compile(r"\b(\d{3}) ?(\d{3})\b")
NAMES = {
    "email": "nina@example.org",
    "name": "Nina Ny",
    "extent": "edit",
    "language": "sv",
}


def leader(organisation="foreningen", person="mina", extent="lead"):
    """Mina of the cast leads her association instead of only editing for it."""
    mandate = Mandate.objects.get(person__key=person, organisation__key=organisation)
    mandate.extent = extent
    mandate.save()
    return mandate


def invitation(by="mina", organisation="foreningen", **said):
    """An invitation that has been sent, and the address of its page."""
    it = Organisation.objects.get(key=organisation)
    values = {"email": NAMES["email"], "name": NAMES["name"], "extent": "edit", **said}
    actor = Actor(f"person:{by}", it.subject)
    row = invite(Invitation(organisation=it, **values), actor, timezone.now())
    return row, link_in(row)


def link_in(row):
    mail = Message.objects.filter(about=row.subject).latest("pk")
    return LINK.search(mail.text)[1]


def code_to(address):
    """The code in the latest mail to the address."""
    mail = Message.objects.filter(to_email=address, kind="sign_in").latest("pk")
    return "".join(CODE.search(mail.text).groups())


def accept(client, url, address=NAMES["email"]):
    """Say yes in the browser, and write the code that comes."""
    answer = client.post(f"{url}godkannande/")
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == f"{url}kod/"
    return client.post(f"{url}kod/", {"code": code_to(address)})


def yesterday():
    return (today() - timedelta(days=1)).isoformat()


def mandate_of(person, organisation, **values):
    values = {"extent": "lead", "start": "2010-01-01", "end": "..", **values}
    return MandateFactory(
        person=Person.objects.get(key=person),
        organisation=Organisation.objects.get(key=organisation),
        **values,
    )
