"""Invitations are written, sent, sent again and withdrawn."""

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from tillit.kit.changes import Actor, together
from tillit.kit.circles import Viewer
from tillit.kit.contributions import brand
from tillit.kit.refusal import Refused
from tillit.kit.swedish import fold
from tillit.post.outbox import Addressee, Page, Url, take_back, write
from tillit.post.rendering import Foot, Rendered, render
from tillit.post.server import current_post
from tillit.register.choices import Extent, RoleKind
from tillit.register.models import Contact, Invitation, Mandate, Organisation, Person, Role
from tillit.register.models.invitation import LASTS
from tillit.register.people import giver_of

MAIL, KIND = "register/mail/invitation.md", "invitation"
MOST_A_DAY = 300  # more than a secretariat needs; somebody who has got in by fraud gets no further
UNKNOWN = "x"  # where a preview has no key and no token yet


def invite(invitation: Invitation, actor: Actor, now: datetime) -> Invitation:
    """Write the invitation and send it. Raises Refused when there have been too many."""
    token = new_token(invitation, now)
    invitation.given_by, invitation.given_for = actor.person, actor.behalf
    with together(actor) as it:
        refuse_flood(actor, now)
        it.create(invitation)
        send(invitation, token)
    return invitation


def send_again(invitation: Invitation, actor: Actor, now: datetime) -> None:
    """A new link, by which the earlier one ends, and another month to answer."""
    with together(actor) as it:
        refuse_flood(actor, now)
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if locked.is_answered:
            raise Refused(_("It has been answered meanwhile."), 409)
        token = new_token(invitation, now)
        it.change(
            invitation,
            {
                "token_hash": invitation.token_hash,
                "sent_at": invitation.sent_at,
                "expires_at": invitation.expires_at,
                "given_by": actor.person,
                "given_for": actor.behalf,
            },
        )
        send(invitation, token)


def withdraw(invitation: Invitation, actor: Actor, now: datetime, reason: str = "") -> None:
    with together(actor, reason) as it:
        withdraw_in(it, invitation, now)


def withdraw_in(it: Any, invitation: Invitation, now: datetime) -> None:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.is_answered:
        raise Refused(_("It has been answered meanwhile."), 409)
    it.change(invitation, {"withdrawn_at": now, "answer_reason": it.reason})
    take_back(invitation.subject, KIND)


def new_token(invitation: Invitation, now: datetime) -> str:
    token = secrets.token_urlsafe(24)
    invitation.token_hash = hash_of(token)
    invitation.sent_at, invitation.expires_at = now, now + LASTS
    return token


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def refuse_flood(actor: Actor, now: datetime) -> None:
    sent = Invitation.objects.filter(given_by=actor.person, sent_at__gt=now - timedelta(days=1))
    if sent.count() >= MOST_A_DAY:
        raise Refused(_("You have sent very many invitations today. Go on tomorrow."), 429)


def send(invitation: Invitation, token: str) -> None:
    invitation.link = link_of(invitation, token)
    to = Addressee(invitation.email, invitation.name, invitation.language)
    values = values_of(invitation, token)
    take_back(invitation.subject, KIND)  # with an earlier link, which has ended
    write(
        MAIL,
        to,
        values,
        kind=KIND,
        about=invitation.subject,
        urgent=True,
        secret=True,
        good_until=invitation.expires_at,
    )


def values_of(invitation: Invitation, token: str = "") -> dict[str, Any]:
    """What the mail says. The link leads to a page that changes nothing."""
    extent, until = Extent(invitation.extent), invitation.period.end
    return {
        "installation": brand().title,
        "inviter": giver_of(invitation),
        "organisation": invitation.reaches,
        "name": invitation.name,
        "extent": extent.label,
        "means": extent.means,
        "role": RoleKind(invitation.kind).label if invitation.kind else "",
        "until": None if until.is_limitless else until.latest,
        "is_function": invitation.is_function,
        "email": invitation.email,
        "note": [line for line in invitation.note.splitlines() if line.strip()],
        "expires": timezone.localdate(invitation.expires_at),
        "answer": answer_page(invitation, token),
    }


def answer_page(invitation: Invitation, token: str) -> Page:
    arguments = {"key": invitation.key or UNKNOWN, "token": token or UNKNOWN}
    return Page("register:invitation", arguments)


def link_of(invitation: Invitation, token: str) -> Url:
    """The link that the mail has, in the language of whoever gets it."""
    with override(invitation.language):
        return answer_page(invitation, token).url()


def preview(invitation: Invitation, now: datetime) -> Rendered:
    """The mail as it will be, without a link that works."""
    invitation.sent_at, invitation.expires_at = now, now + LASTS
    sender = current_post().sender
    return render(MAIL, values_of(invitation), invitation.language, Foot(sender.name))


def waiting_for(organisation: Organisation, email: str, now: datetime) -> QuerySet[Invitation]:
    """Invitations to the address that can still be answered."""
    rows: QuerySet[Invitation] = Invitation.objects.waiting(now).filter(
        organisation=organisation, email=email
    )
    return rows


def may_be_meant(viewer: Viewer, organisation: Organisation, name: str) -> Iterator[Person]:
    """Persons of the name whom the viewer sees with the organisation, and who have no account."""
    with_it = Q()
    for model in (Role, Mandate):
        rows = model.objects.visible_to(viewer).filter(organisation=organisation).order_by()
        with_it |= Q(pk__in=rows.values("person"))
    found = Person.objects.filter(with_it, folded=fold(name), account=None)
    yield from (person for person in found if is_of_this_alone(person, organisation))


def is_of_this_alone(person: Person, organisation: Organisation) -> bool:
    """Whether an account for the person opens nothing that the organisation has not to give."""
    elsewhere = [
        Exists(model.objects.filter(person=OuterRef("pk")).exclude(organisation=organisation))
        for model in (Mandate, Contact)
    ]
    return bool(
        Person.objects.filter(pk=person.pk, account=None)
        .exclude(elsewhere[0])
        .exclude(elsewhere[1])
    )
