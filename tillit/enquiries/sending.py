"""Writing to members: the question, and reminders. A round that broke off goes on where it stopped."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.enquiries.models import Asked, Enquiry, Round, Sending
from tillit.enquiries.models.asked import AskedQuerySet
from tillit.kit.changes import Actor
from tillit.kit.refusal import Refused
from tillit.post.models import Message
from tillit.post.outbox import Addressee, Mailing, Page, Prose, prepared, write
from tillit.register.models import Contact

BATCH = 100
TOPIC = "enquiries"
TEMPLATE = "enquiries/mail/question.md"


def send_round(it: Round, now: datetime) -> int:
    """Write to all whom the round has not yet written to. How many it wrote to now."""
    count = 0
    while batch := list(left_in(it, now)[:BATCH]):
        count += sum(send_once(asked, it, now) for asked in batch)
    Round.objects.unfinished().filter(pk=it.pk).update(finished_at=timezone.now())
    return count


def left_in(it: Round, now: datetime) -> AskedQuerySet:
    """Those that are waited for today and that the round has not written to.

    Who has answered meanwhile, or has left, gets no mail. The first mail goes once to each.
    """
    earlier = Sending.objects.filter(asked=OuterRef("pk"))
    rows: AskedQuerySet = Asked.objects.open().filter(enquiry=it.enquiry_id)
    written = earlier.filter(round=it) if it.is_reminder else earlier
    waited = rows.waited_for(timezone.localdate(now)).filter(~Exists(written))
    return waited.select_related("enquiry", "umbrella__secretariat", "member").order_by("pk")


def contacts_of(asked: Asked, now: datetime) -> list[Contact]:
    """The addresses that letters to the member go to today. Who is being erased is waited for."""
    reached = Contact.objects.reached(timezone.localdate(now)).filter(organisation=asked.member_id)
    return list(reached.select_related("person").select_for_update(of=("self",)))


def send_once(asked: Asked, it: Round, now: datetime) -> int:
    """Write to one member, if that is still left to do when it is this one's turn. 1 or 0."""
    with transaction.atomic():
        locked(asked)
        row = left_in(it, now).filter(pk=asked.pk).first()
        if row is None:
            return 0
        contacts = contacts_of(row, now)
        send(row, contacts, now, it.begun_by, it.words, is_reminder=it.is_reminder, round_=it)
    return 1


def send(
    asked: Asked,
    contacts: Sequence[Contact],
    now: datetime,
    by: str,
    words: str = "",
    *,
    is_reminder: bool,
    round_: Round | None = None,
) -> Sending:
    sending = Sending.objects.create(
        asked=asked,
        round=round_,
        is_reminder=is_reminder,
        at=now,
        by=by,
        addresses=len(contacts),
    )
    values = {
        **values_of(asked.enquiry, words, is_reminder=is_reminder),
        "organisation": asked.member.name,
        "page": Page(
            "enquiries:answer", {"key": asked.enquiry.key, "token": asked.lasting_token()}
        ),
    }
    for contact in contacts:
        write(
            TEMPLATE,
            addressee(contact, asked),
            values,
            kind="enquiry-reminder" if is_reminder else "enquiry",
            about=asked.subject,
            topic=TOPIC,
            secret=True,
            sender_name=asked.umbrella.name,
        )
    return sending


def addressee(contact: Contact, asked: Asked) -> Addressee:
    person = contact.person
    return Addressee(
        contact.email,
        person.name if person else "",
        contact.language,
        person=person.subject if person else "",
        organisation=asked.member.subject,
    )


def values_of(enquiry: Enquiry, words: str, *, is_reminder: bool) -> dict[str, Any]:
    return {
        "umbrella": enquiry.umbrella.name,
        "title": enquiry.title,
        "introduction": Prose(words or enquiry.introduction),
        "closes": enquiry.closes,
        "is_reminder": is_reminder,
    }


def remind_one(asked: Asked, actor: Actor, now: datetime, *, anew: bool = False) -> Sending:
    """Write to one member at once; with a new link, if the old one went astray.

    Raises Refused when it has answered, or when there is no address to write to.
    """
    with transaction.atomic():
        row = locked(asked)
        if not row.enquiry.is_open:
            raise Refused(_("The enquiry is not open."), 409)
        if row.is_answered and not anew:
            raise Refused(_("It has answered."), 409)
        contacts = contacts_of(row, now)
        if not contacts:
            raise Refused(_("There is no e-mail address to write to."), 409)
        if anew:
            row.make_link()
            row.save(update_fields=["token_seed", "token_hash"])
        return send(row, contacts, now, actor.person, is_reminder=row.sendings.exists())


def locked(asked: Asked) -> Asked:
    """The row as it stands now, kept from others until the end of the transaction."""
    found: Asked = (
        Asked.objects.select_for_update(of=("self",))
        .select_related("enquiry", "umbrella__secretariat", "member__secretariat")
        .get(pk=asked.pk)
    )
    return found


def looked_at(enquiry: Enquiry, words: str, language: str, *, is_reminder: bool) -> Message:
    """The mail as a member would get it, with a link to the preview. It goes to nobody."""
    one = enquiry.asked.select_related("member").first()
    mailing = Mailing(TEMPLATE, "preview", sender_name=enquiry.umbrella.name)
    values = {
        **values_of(enquiry, words, is_reminder=is_reminder),
        "organisation": one.member.name if one else _("The organisation's name"),
        "page": Page("enquiries:preview", {"key": enquiry.key}),
    }
    to = Addressee("namn@example.org", "", language)
    return prepared(mailing, [to], lambda _to: values)[0]
