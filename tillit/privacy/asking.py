"""What somebody does who asks to be erased: asks, confirms the address, withdraws."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor, change, create, new_key
from tillit.kit.circles import Viewer
from tillit.kit.locks import one_at_a_time
from tillit.kit.refusal import Refused
from tillit.privacy import mails
from tillit.privacy.models import ErasureRequest
from tillit.register.models import Person
from tillit.register.standing import person_of

CONFIRM_WITHIN = timedelta(days=3)


def ask(viewer: Viewer, parts: Sequence[str], reason: str, now: datetime) -> ErasureRequest:
    """Ask for oneself, signed in. Raises Refused when one has asked already."""
    row = ErasureRequest(
        key=new_key(),
        person=person_of(viewer),
        account_id=viewer.account,
        parts=list(parts),
        reason=reason,
        language=get_language(),
        asked_at=now,
        confirmed_at=now,
    )
    with transaction.atomic():
        one_at_a_time(f"privacy:request:{viewer.account}")
        if standing_of(viewer):
            raise Refused(_("You have asked already, and it waits for a decision."), 409)
        create(row, Actor.of(viewer))
        mails.received(row)
    return row


def standing_of(viewer: Viewer) -> ErasureRequest | None:
    """What the viewer has asked for and nobody has decided."""
    standing = ErasureRequest.objects.standing().filter(account=viewer.account)
    found: ErasureRequest | None = standing.select_related("person").first()
    return found


def ask_by_mail(
    person: Person, email: str, proof: str, reason: str, now: datetime
) -> ErasureRequest:
    """Ask for somebody who is named by sources. It counts when the address has been confirmed."""
    row = ErasureRequest(
        key=new_key(),
        person=person,
        email=email,
        proof=proof,
        reason=reason,
        language=get_language(),
        asked_at=now,
    )
    row.make_link()
    with transaction.atomic():
        create(row, by_link(row))
        mails.confirm(row)
    return row


def by_link(row: ErasureRequest) -> Actor:
    """Whoever has the link of the request."""
    return Actor(row.subject)


def confirm(row: ErasureRequest, now: datetime) -> None:
    """The address is the asker's, and there is something to decide. Once more does nothing."""
    with transaction.atomic():
        it = locked(row)
        if it.confirmed_at:
            return
        if it.asked_at + CONFIRM_WITHIN < now:
            raise Refused(_("The link is too old. Ask once more."), 410)
        change(it, {"confirmed_at": now}, by_link(it))
        mails.received(it)


def withdraw(row: ErasureRequest, actor: Actor, now: datetime) -> None:
    """Nothing is to be erased after all."""
    with transaction.atomic():
        it = locked(row)
        if it.withdrawn_at:
            return
        if it.decided_at:
            raise Refused(_("It has been decided already, so it can't be withdrawn."), 409)
        change(it, {"withdrawn_at": now}, actor)


def locked(row: ErasureRequest) -> ErasureRequest:
    """The request as it stands now, kept from others until the end of the transaction."""
    rows = ErasureRequest.objects.select_for_update(of=("self",))
    found: ErasureRequest = rows.select_related("person").get(pk=row.pk)
    return found
