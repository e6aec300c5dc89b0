"""What letters keep about persons: whom they went to. Told, and erased, here."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.kit.contributions import OwnData, Retention, addresses_of
from tillit.kit.personal.traces import start_of
from tillit.letters.models import Letter, Recipient
from tillit.letters.models.recipient import RecipientQuerySet
from tillit.register.models import Person

DAYS = 365
LABELS = {
    "at": _("When"),
    "subject": _("Subject"),
    "sender": _("Sender"),
    "organisation": _("As contact person of"),
    "email": _("E-mail"),
    "outcome": _("How it went"),
}


def empty(rows: RecipientQuerySet) -> int:
    """Forget who they were. How it went with them stays as a figure."""
    outcome = Recipient.objects.with_outcome().filter(pk=OuterRef("pk")).values("outcome")
    return rows.exclude(email="").update(
        kept_outcome=Subquery(outcome), email="", name="", person=None
    )


def purge(today: date) -> int:
    """The addresses of letters that were sent long ago."""
    before = start_of(today - timedelta(days=DAYS))
    return empty(Recipient.objects.filter(letter__started_at__lt=before))


RETENTION = Retention(
    "letters",
    _("Whom letters to contact persons went to"),
    _("The address and the name are needed while somebody may ask. How many got it stays."),
    DAYS,
    purge,
)


def of_person(person: str, account: int | None) -> RecipientQuerySet:
    """What went to a person, or to an address of theirs."""
    key = person.partition(":")[2]
    mine = Q(email__in=addresses_of(person, account))
    found: RecipientQuerySet = Recipient.objects.filter(mine | Q(person__key=key) if key else mine)
    return found


def own_rows(person: str, account: int | None) -> list[dict[str, Any]]:
    rows = of_person(person, account).with_outcome().select_related("letter__organisation")
    return [
        {
            "at": timezone.localtime(it.letter.started_at).date(),
            "subject": it.letter.words_in(it.language)[0],
            "sender": it.letter.organisation.name,
            "organisation": it.title,
            "email": it.email,
            "outcome": it.outcome_in_words,
        }
        for it in rows.order_by("letter__started_at", "pk")
    ]


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=_("Letters that have gone to you as contact person"),
        name="letters",
        why=_("So that the office can see whom a letter reached, and mend an address."),
        rows=lambda: own_rows(person, account),
        labels=LABELS,
        ground=_("Legitimate interest: organisations want to reach each other's contact persons."),
        seen_by=_("The office that sent the letter."),
        kept_for=_("A year after it was sent."),
        remains=_("How many got the letter, and how it went."),
        erase=lambda: erase_received(person, account),
    )


def erase_received(person: str, account: int | None) -> int:
    return empty(of_person(person, account))


def erase(person: str, account: int | None) -> int:
    """What went to the person, and that they wrote or sent letters."""
    count = erase_received(person, account)
    for mine in Person.objects.filter(key=person.partition(":")[2]):
        for deed in ("writer", "started_by", "stopped_by"):
            count += Letter.objects.filter(**{deed: mine}).update(**{deed: None})
    return count
