"""Invented letters of each side, sent and not yet sent. Never in a real register."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tillit.kit.access import viewer_for
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.letters import sending
from tillit.letters.choice import Choice
from tillit.letters.constituency import Constituency
from tillit.letters.models import Letter
from tillit.letters.receivers import Receiver, chosen
from tillit.post.models import Message, OptOut, State, Suppression
from tillit.register.demo import GIVEN_BY
from tillit.register.models import Mandate

AGO = timedelta(days=9)
PLAYED = "foreningen-furuboda"  # whose contact person one may sign in as: mail to it goes
SENT = (
    "Nyheter i november (påhittat)",
    "Hej {namn}!\n\nDet här är ett påhittat utskick till {organisation}. Vi möts den 12 januari.",
)
DRAFT = ("Inbjudan till forumet (påhittat)", "Hej {namn}!\n\nVälkommen till forumet i vår.")
REPLY = "550 5.1.1 Påhittat svar: adressen finns inte."


@transaction.atomic
def populate() -> None:
    """From the secretariat of each side the same. Does nothing twice."""
    offices = Mandate.objects.filter(given_by=GIVEN_BY, secretariat__isnull=False)
    for mandate in offices.select_related("person", "organisation", "secretariat"):
        side = mandate.secretariat.side
        if not Letter.objects.filter(key=f"demo-{side}").exists():
            begin(mandate, f"demo-{side}-utkast", *DRAFT)
            send(begin(mandate, f"demo-{side}", *SENT), mandate)


def begin(mandate: Mandate, key: str, subject: str, text: str) -> Letter:
    at = timezone.now() - AGO
    return Letter.objects.create(
        key=key,
        organisation=mandate.organisation,
        secretariat=mandate.secretariat,
        writer=mandate.person,
        subject_line=subject,
        text=text,
        choice=Choice(group=ours_of(mandate).usual_group).kept(),
        touched_at=at,
    )


def ours_of(mandate: Mandate) -> Constituency:
    account = mandate.person.account
    viewer = viewer_for(account.pk, mandate.key) if account else Viewer()
    return Constituency(mandate, viewer, timezone.localdate())


def send(letter: Letter, mandate: Mandate) -> None:
    """To all; one has said no to it, one comes back, and of one nobody knows."""
    found, at = chosen(Choice.read(letter.choice), ours_of(mandate)), letter.touched_at
    if not found.receivers:
        return
    emails = [it.email for it in found.receivers if not is_played(it)]
    for email in emails[:1]:
        OptOut.objects.get_or_create(email=email, topic=letter.topic)
    actor = Actor(mandate.person.subject, mandate.organisation.subject)
    sending.start(letter, found, mandate.person, actor, at)
    sending.go_on(letter, at)
    settle(Message.objects.about(letter.subject), emails[1:3], at)


def is_played(receiver: Receiver) -> bool:
    return any(it.key == PLAYED for it in receiver.organisations)


def settle(mails: QuerySet[Message], emails: Sequence[str], at: datetime) -> None:
    """Demo mail goes nowhere; here it went when it was written, but for that to these addresses."""
    mails.update(written_at=at)
    mails.filter(state__in=[State.WAITING, State.SENT]).update(
        state=State.SENT, sent_at=at, settled_at=at
    )
    for email, state in zip(emails, (State.BOUNCED, State.UNCERTAIN), strict=False):
        reply = REPLY if state == State.BOUNCED else ""
        mails.filter(to_email=email).update(state=state, reply=reply, settled_at=at)
        if state == State.BOUNCED:
            Suppression.objects.create(email=email, reason=reply)
