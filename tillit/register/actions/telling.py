"""Mails about who acts for whom: nobody learns of it from a page that they happen to open."""

from datetime import date, datetime

from django.utils import timezone

from tillit.kit.changes import Actor
from tillit.post.outbox import Page, write
from tillit.register.choices import Extent
from tillit.register.models import Handover, Invitation, Mandate, Organisation, Person
from tillit.register.people import addressee_of, key_in, person_behind

FOLDER = "register/mail"
MOST = 12  # who decides, of whom each gets a mail


def answered(invitation: Invitation, *, accepted: bool) -> None:
    """To whoever invited, or has taken over from the inviter."""
    inviter = person_behind(invitation.given_by)
    to = addressee_of(inviter) if inviter else None
    if to is None:
        return
    write(
        f"{FOLDER}/invitation_answered.md",
        to,
        {
            "accepted": accepted,
            "name": invitation.accepted_by.name if invitation.accepted_by else invitation.name,
            "organisation": invitation.reaches,
            "extent": Extent(invitation.extent).label,
            "reason": invitation.answer_reason,
            "people": people_page(invitation.organisation),
        },
        kind="invitation-answered",
        about=invitation.subject,
    )


def ended(mandate: Mandate, actor: Actor, last_day: date | None, reason: str) -> None:
    """To whose mandate it was, unless it was the person's own doing."""
    to = addressee_of(mandate.person)
    if actor.person == mandate.person.subject or to is None:
        return
    write(
        f"{FOLDER}/mandate_ended.md",
        to,
        {
            "by": name_of(actor),
            "organisation": mandate.reaches,
            "extent": Extent(mandate.extent).label,
            "last_day": last_day,
            "reason": reason,
            "mandates": Page("register:mandates"),
        },
        kind="mandate-ended",
        about=mandate.subject,
    )


def changed(mandate: Mandate, actor: Actor) -> None:
    to = addressee_of(mandate.person)
    if actor.person == mandate.person.subject or to is None:
        return
    write(
        f"{FOLDER}/mandate_changed.md",
        to,
        {
            "by": name_of(actor),
            "organisation": mandate.reaches,
            "extent": Extent(mandate.extent).label,
            "means": Extent(mandate.extent).means,
            "mandates": Page("register:mandates"),
        },
        kind="mandate-changed",
        about=mandate.subject,
    )


def given_up(
    mandate: Mandate, now: datetime, last_day: date | None, reason: str, suggestion: str
) -> int:
    """To those who decide who acts instead; how many."""
    deciders = deciders_of(mandate, timezone.localdate(now))
    for person in deciders:
        to = addressee_of(person)
        if to is None:
            continue
        write(
            f"{FOLDER}/mandate_given_up.md",
            to,
            {
                "name": mandate.person.name,
                "organisation": mandate.reaches,
                "extent": Extent(mandate.extent).label,
                "last_day": last_day,
                "reason": reason,
                "suggestion": suggestion,
                "leaving": Page(
                    "register:leaving",
                    {"key": mandate.organisation.key, "person": mandate.person.key},
                ),
            },
            kind="mandate-given-up",
            about=mandate.subject,
        )
    return len(deciders)


def deciders_of(mandate: Mandate, day: date) -> list[Person]:
    """Who can bring in somebody instead: those who lead it, else its secretariat."""
    standing = Mandate.objects.standing(day).exclude(person=mandate.person)
    standing = standing.select_related("person__account")
    own = standing.filter(organisation=mandate.organisation, unit=None)
    leading = own.filter(extent__in=(Extent.LEAD, Extent.SECRETARIAT))
    if mandate.extent == Extent.ADMINISTER:
        leading = standing.filter(extent=Extent.ADMINISTER)
    kept = standing.filter(secretariat=mandate.organisation.secretariat, secretariat__isnull=False)
    found = list(leading[:MOST]) or list(kept[:MOST])
    return list({it.person_id: it.person for it in found}.values())


def handed_over(handover: Handover) -> None:
    """To the successor, with the note."""
    to = addressee_of(handover.successor) if handover.successor else None
    if to is None:
        return
    write(
        f"{FOLDER}/handover.md",
        to,
        {
            "by": name_of(Actor(handover.done_by)),
            "leaver": handover.leaver.name if handover.leaver else "",
            "organisation": handover.organisation.name,
            "last_day": handover.last_day,
            "note": [line for line in handover.note.splitlines() if line.strip()],
            "receipt": Page("register:handover", {"key": handover.key}),
        },
        kind="handover",
        about=handover.subject,
    )


def name_of(actor: Actor) -> str:
    person = person_behind(actor.person)
    key = key_in(actor.behalf, Organisation.noun)
    organisation = Organisation.objects.filter(key=key).first() if key else None
    return ", ".join(str(it) for it in (person, organisation) if it)


def people_page(organisation: Organisation) -> Page:
    return Page("register:people", {"key": organisation.key})
