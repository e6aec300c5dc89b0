"""What is kept of the mail to somebody, and how it goes."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from tillit.kit.contributions import Rows, addresses_of
from tillit.post.models import Message, OptOut, Suppression

TEXTS, ADDRESSES = 365, 3 * 365  # days


def to_whom(person: str, account: int | None) -> Q:
    """The mails to the person by subject, and those to addresses of theirs."""
    to = Q(to_email__in=addresses_of(person, account))
    return to | Q(person=person) if person else to


def mails_of(person: str, account: int | None) -> Rows:
    rows = Message.objects.filter(to_whom(person, account)).order_by("written_at", "pk")
    return [
        {
            "written_at": it.written_at,
            "to": it.to_email,
            "kind": it.kind,
            "subject": it.subject_line,
            "state": it.get_state_display(),
            "sent_at": it.sent_at,
        }
        for it in rows
    ]


def stops_of(person: str, account: int | None) -> Rows:
    """To which mail one has said no, and which addresses come back."""
    emails = addresses_of(person, account)
    opted = OptOut.objects.filter(email__in=emails).order_by("at")
    bounced = Suppression.objects.filter(email__in=emails).order_by("at")
    return [
        *({"at": it.at, "email": it.email, "topic": it.topic} for it in opted),
        *(
            {"at": it.at, "email": it.email, "reason": it.reason, "lifted_at": it.lifted_at}
            for it in bounced
        ),
    ]


def erase_mails(person: str, account: int | None) -> int:
    """The mails lose their text and to whom they went; those that wait are not sent."""
    return Message.objects.filter(to_whom(person, account)).forgotten(timezone.now())


def erase_stops(person: str, account: int | None) -> int:
    emails = addresses_of(person, account)
    opted = OptOut.objects.filter(email__in=emails).delete()[0]
    return int(opted + Suppression.objects.filter(email__in=emails).delete()[0])


def empty_texts(today: date) -> int:
    """What old mails said. That they were sent, to whom and how it went, stays for a while."""
    old = Message.objects.filter(written_at__lt=start_of(today, TEXTS), emptied_at__isnull=True)
    return old.emptied(timezone.now())


def empty_addresses(today: date) -> int:
    """To whom very old mails went."""
    old = Message.objects.filter(written_at__lt=start_of(today, ADDRESSES)).exclude(to_email="")
    return old.forgotten(timezone.now())


def start_of(today: date, days_before: int) -> datetime:
    return timezone.make_aware(datetime.combine(today - timedelta(days=days_before), time.min))
