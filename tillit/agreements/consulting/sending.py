"""Mail to those who are asked: that they are, reminders, receipts.

Who is still to be written to follows from the rows, so what broke off goes on where it stopped.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.agreements.choices import Came, ConsultationDeedKind, ConsultationState
from tillit.agreements.models import ConsultationDeed, Consulted
from tillit.agreements.models.consulted import ConsultedQuerySet
from tillit.kit.changes import Actor, change
from tillit.kit.refusal import Refused
from tillit.post.outbox import Addressee, Page, Prose, write
from tillit.register.models import Contact

BATCH = 100
TOPIC = "consultations"
QUESTION = "agreements/consultation/mail/question.md"
RELATED = ("consultation__version__agreement", "organisation__secretariat")


# Whoever presses again and again would fill somebody's mailbox with links of which the last one works.
BETWEEN_LINKS = timedelta(minutes=5)


def to_be_written_to() -> ConsultedQuerySet:
    """Those that were invited and have not been told, and those to be reminded."""
    rows: ConsultedQuerySet = Consulted.objects.filter(consultation__state=ConsultationState.OPEN)
    rows = rows.counted_in().unanswered()
    reminders = ConsultationDeed.objects.filter(
        consultation=OuterRef("consultation"), kind=ConsultationDeedKind.REMINDED
    ).order_by()
    latest = reminders.values("consultation").annotate(latest=Max("at")).values("latest")
    told = rows.annotate(to_remind_at=Subquery(latest))
    new = Q(asked_at__isnull=True, came=Came.INVITED)
    again = Q(asked_at__lt=F("to_remind_at")) & (
        Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("to_remind_at"))
    )
    found: ConsultedQuerySet = told.filter(new | again)
    return found


def unfinished() -> list[int]:
    """The consultations of which some are still to be written to."""
    rows = to_be_written_to().order_by().values_list("consultation", flat=True)
    return list(rows.distinct())


def is_left() -> bool:
    return bool(unfinished())


def write_to_asked(consultation: int, now: datetime) -> int:
    """Write to all of a consultation that are still to be written to. How many it was."""
    count = 0
    while keys := list(left_in(consultation)[:BATCH]):
        count += sum(write_once(pk, now) for pk in keys)
    return count


def left_in(consultation: int) -> Any:
    rows = to_be_written_to().filter(consultation=consultation).order_by("pk")
    return rows.values_list("pk", flat=True)


def write_once(pk: int, now: datetime) -> int:
    """Write to one, if that is still left to do when it is this one's turn. 1 or 0."""
    with transaction.atomic():
        rows = Consulted.objects.select_for_update(of=("self",)).select_related(*RELATED)
        found = rows.get(pk=pk)
        if not to_be_written_to().filter(pk=pk).exists():
            return 0
        write_question(found, now)
    return 1


def renew_link(asked: Consulted, actor: Actor, now: datetime) -> int:
    """Cut the link, and mail a new one to the organisation. To how many addresses it went."""
    with transaction.atomic():
        rows = Consulted.objects.select_for_update(of=("self",)).select_related(*RELATED)
        it = rows.get(pk=asked.pk)
        if it.consultation.state != ConsultationState.OPEN:
            raise Refused(_("It is not open, so nobody answers by a link."), 409)
        if it.asked_at is not None and now < it.asked_at + BETWEEN_LINKS:
            raise Refused(
                _(
                    "A link was mailed a moment ago. Wait five minutes before you have another sent."
                ),
                409,
            )
        it.make_link()
        it.save(update_fields=["token_seed", "token_hash"])
        sent = mail_question(it, now, kind="consultation", has_new_link=True)
        new = {"asked_at": now, "addresses": sent}
        change(it, new, actor, _("A new link was sent, and the earlier one cut."))
    return sent


def write_question(it: Consulted, now: datetime) -> None:
    is_reminder = it.asked_at is not None
    kind = "consultation-reminder" if is_reminder else "consultation"
    sent = mail_question(it, now, kind=kind, is_reminder=is_reminder)
    new = {"reminded_at" if is_reminder else "asked_at": now, "addresses": sent}
    Consulted.objects.filter(pk=it.pk).update(**new)


def mail_question(it: Consulted, now: datetime, *, kind: str, **said: bool) -> int:
    """To all who get mail for it; how many that was. `said`: what kind of mail it is, to its text."""
    receivers = receivers_of(it, now)
    for to in receivers:
        write(
            QUESTION,
            to,
            {**values_of(it), **said},
            kind=kind,
            about=it.subject,
            topic=TOPIC,
            secret=True,
            sender_name=it.consultation.agreement.title,
        )
    return len(receivers)


def receivers_of(it: Consulted, now: datetime) -> Sequence[Addressee]:
    """An organisation's contact persons, as letters to it go; or the address that was given."""
    if it.organisation is None:
        return [Addressee(it.email, "", it.language)] if it.email else []
    day = timezone.localdate(now)
    contacts = Contact.objects.reached(day).filter(organisation=it.organisation)
    found = contacts.select_related("person").select_for_update(of=("self",))
    return [addressee(contact, it) for contact in found]


def addressee(contact: Contact, it: Consulted) -> Addressee:
    person = contact.person
    return Addressee(
        contact.email,
        person.name if person else "",
        contact.language,
        person=person.subject if person else "",
        organisation=it.organisation.subject if it.organisation else "",
    )


def values_of(it: Consulted) -> dict[str, Any]:
    consultation = it.consultation
    return {
        "title": consultation.title,
        "agreement": consultation.agreement.title,
        "version": consultation.version.label,
        "introduction": Prose(consultation.introduction),
        "organisation": it.called,
        "deadline": consultation.deadline,
        "page": page_of(it),
    }


def page_of(it: Consulted) -> Page:
    """Where it answers. The address is the permission."""
    key, token = it.consultation.key, it.lasting_token()
    return Page("agreements:answer-by-link", {"key": key, "token": token})
