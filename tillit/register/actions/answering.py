"""Invitations are answered: once, by whoever reads the mail of the address they were sent to."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.accounts.actions import (
    account_by_hand,
    account_for,
    account_without_address,
    own,
)
from tillit.accounts.models import User
from tillit.accounts.owners import found_by, made_for, owner_of
from tillit.kit.changes import Actor, new_key, together
from tillit.kit.contributions import HandOver, account_of, hand_over
from tillit.kit.locks import one_at_a_time
from tillit.kit.refusal import Refused
from tillit.kit.together import Together
from tillit.register.actions import telling
from tillit.register.actions.contacts import Taken, take
from tillit.register.actions.inviting import is_of_this_alone
from tillit.register.actions.mandates import ONE_DAY, TURNS, could_give, end_from, give
from tillit.register.choices import RoleKind
from tillit.register.models import Contact, Handover, Invitation, Mandate, Person, Role
from tillit.register.people import person_behind


class Closed(StrEnum):
    """Why an invitation can't be accepted."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    OVER = "over"  # the time that it was for has passed
    GONE = "gone"  # the organisation is no more
    UNGIVEN = "ungiven"  # whoever invited may do so no longer


class NotOpen(Exception):  # noqa: N818 (nothing went wrong)
    def __init__(self, why: Closed) -> None:
        super().__init__(why)
        self.why = why


def closed(invitation: Invitation, now: datetime) -> Closed | None:
    """Why it can't be accepted, or nothing."""
    day = timezone.localdate(now)
    if not invitation.is_open(now):
        return Closed(invitation.answer(now))
    if invitation.organisation.possible_until < day:
        return Closed.GONE
    if invitation.period.end.latest < day:
        return Closed.OVER
    return None if is_still_given(invitation, day) else Closed.UNGIVEN


def is_still_given(invitation: Invitation, day: date) -> bool:
    """Whether the inviter could give it today, or gave it when it was handed over."""
    giver = person_behind(invitation.given_by)
    if could_give(giver, invitation.extent, invitation.organisation, day):
        return True
    waiting = waiting_with(invitation, invitation.person)
    same = {"given_by": invitation.given_by, "extent": invitation.extent}
    return giver is not None and waiting.filter(**same).exists()


def waiting_with(invitation: Invitation, person: Person | None) -> QuerySet[Mandate]:
    """What the person was given for the organisation, and has not accepted."""
    rows: QuerySet[Mandate] = Mandate.objects.filter(
        person=person,
        organisation=invitation.organisation,
        accepted_at=None,
        stopped_at=None,
    )
    return rows


def goes_with(invitation: Invitation, mandate: Mandate, day: date) -> bool:
    """Whether a yes to the invitation is one to the mandate: from the same hand, or one that may."""
    if mandate.given_by == invitation.given_by:
        return True
    giver = person_behind(invitation.given_by)
    return could_give(giver, mandate.extent, mandate.organisation, day)


@dataclass(frozen=True)
class Accepted:
    mandate: Mandate
    account: User


def accept(
    invitation: Invitation, account: User | None, now: datetime, *, by_hand: bool = False
) -> Accepted:
    """The mandate that comes of a yes. Whoever says it has shown to read the address.

    `account` is the one that has signed in; `by_hand` says that the link alone was shown. Raises
    NotOpen, and Refused when the address leads to another account.
    """
    with transaction.atomic():
        one_at_a_time(TURNS)
        locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if why := closed(locked, now):
            raise NotOpen(why)
        user = account or (by_link(locked) if by_hand else account_behind(locked))
        if account and not locked.is_function:
            add_address(account, locked.email)
        person, made = person_of(locked, user, timezone.localdate(now))
        with together(Actor(person.subject, locked.organisation.subject)) as it:
            if made:
                it.create(person)
            elif person.account_id is None:
                it.change(person, {"account": user})
            elif stands_in(locked, person, timezone.localdate(now)):
                become(it, locked, person, now)
            mandate = settle(it, locked, person, now)
        telling.answered(locked, accepted=True)
    return Accepted(mandate, user)


def account_behind(invitation: Invitation) -> User:
    """Whose account it is when nobody has signed in; made if there is none.

    That an address is a function's says who reads its mail and not who the person is: only its
    present holder is known by it.
    """
    if not invitation.is_function:
        return found_by(invitation.email) or account_for(invitation.email)
    holder: User | None = account_of(invitation.email)
    if holder and invitation.person and invitation.person.account_id == holder.pk:
        return holder
    return account_without_address()


def by_link(invitation: Invitation) -> User:
    """An account that begins with the link. Raises Refused when one has the address already."""
    if found_by(invitation.email) or made_for(invitation.email):
        raise Refused(_("There is an account with this address already. Sign in with it."), 409)
    return account_by_hand(invitation.email)


def add_address(account: User, address: str) -> None:
    """Make it one of the account's own. Raises Refused when it is somebody else's."""
    leads_to = found_by(address)
    if leads_to and leads_to != account:
        raise Refused(
            _(
                "The address that was invited belongs to another account. Sign out, and accept "
                "with that one."
            ),
            409,
        )
    if owner_of(address) is None and account_of(address) is None:
        own(account, address)


def person_of(invitation: Invitation, account: User, day: date) -> tuple[Person, bool]:
    """Who the account is; if nobody yet, whom the inviter meant, or a new person; and whether new."""
    known = Person.objects.filter(account=account).first()
    if known:
        return known, False
    meant = invitation.person
    if meant and may_become(invitation, meant, day):
        return meant, False
    return Person(key=new_key(), name=invitation.name, account=account), True


def may_become(invitation: Invitation, meant: Person, day: date) -> bool:
    """Whether the invitation can lead to the person, with all that waits for that one."""
    return is_of_this_alone(meant, invitation.organisation) and all(
        goes_with(invitation, it, day) for it in waiting_with(invitation, meant)
    )


def stands_in(invitation: Invitation, known: Person, day: date) -> bool:
    """Whether something was handed over to whoever was invited, before it was known who that is."""
    meant = invitation.person
    return (
        meant is not None
        and meant != known
        and meant.account_id is None
        and may_become(invitation, meant, day)
        and Handover.objects.filter(successor=meant, organisation=invitation.organisation).exists()
    )


def become(it: Together, invitation: Invitation, known: Person, now: datetime) -> None:
    """What was handed over is the person's, who was in the register already."""
    meant, organisation = invitation.person, invitation.organisation
    if meant is None:
        return
    waiting = Mandate.objects.filter(person=meant, organisation=organisation)
    for mandate in waiting.filter(stopped_at=None):
        it.remove(mandate)
        given = {name: getattr(mandate, name) for name in (*OFFERED, "through", "start", "end")}
        give(it, Mandate(person=known, accepted_at=now, **given), now)
    for model in (Role, Contact):
        for row in model.objects.filter(person=meant, organisation=organisation):
            it.change(row, {"person": known})
    yesterday = timezone.localdate(now) - ONE_DAY
    behalf = organisation.subject
    hand_over(HandOver(meant.subject, known.subject, behalf, yesterday, it.actor))
    Handover.objects.filter(successor=meant).update(successor=known)
    with suppress(ValidationError):  # another context knows more of it
        it.remove(meant)


def settle(it: Together, invitation: Invitation, person: Person, now: datetime) -> Mandate:
    """All that comes of a yes: the mandate, the role, the address."""
    taken = take_function(it, invitation, person, now)
    mandate = give(it, mandate_of(invitation, person, taken, now), now)
    if taken:
        taken.end_what_was_held(it, now)
    else:
        reach_at(it, invitation, person, now)
    role_for(it, invitation, person, mandate)
    for waiting in waiting_with(invitation, person):
        if goes_with(invitation, waiting, timezone.localdate(now)):
            it.change(waiting, {"accepted_at": now})
    it.change(invitation, {"accepted_at": now, "accepted_by": person, "mandate": mandate})
    return mandate


def mandate_of(
    invitation: Invitation, person: Person, taken: Taken | None, now: datetime
) -> Mandate:
    return Mandate(
        person=person,
        through=taken.contact if taken else None,
        start=invitation.begins(timezone.localdate(now)),
        end=invitation.end or "..",
        accepted_at=now,
        **{name: getattr(invitation, name) for name in OFFERED},
    )


OFFERED = ("organisation", "unit", "extent", "secretariat", "given_by", "given_for")


def take_function(
    it: Together, invitation: Invitation, person: Person, now: datetime
) -> Taken | None:
    if not invitation.is_function:
        return None
    like = contact_of(invitation, person, now)
    first_day = date.fromisoformat(like.start)
    giver = person_behind(invitation.given_by)
    return take(it, like, person, now, first_day, giver=giver, confirmed=True)


def reach_at(it: Together, invitation: Invitation, person: Person, now: datetime) -> None:
    """Keep the address as the person's at the organisation, if letters are to go there."""
    like = contact_of(invitation, person, now)
    known = Contact.objects.standing(date.fromisoformat(like.start)).filter(
        organisation=like.organisation, person=person, email=like.email
    )
    if invitation.gets_letters and not known.exists():
        it.create(like)


def contact_of(invitation: Invitation, person: Person, now: datetime) -> Contact:
    return Contact(
        organisation=invitation.organisation,
        person=person,
        kind=invitation.kind or RoleKind.CONTACT_PERSON,
        email=invitation.email,
        language=invitation.language,
        gets_letters=invitation.gets_letters,
        is_function=invitation.is_function,
        start=invitation.begins(timezone.localdate(now)),
        end=invitation.end or "..",
    )


def role_for(it: Together, invitation: Invitation, person: Person, mandate: Mandate) -> None:
    """The role that the public sees, if one was offered and is not known yet."""
    if not invitation.kind:
        return
    alike = {
        "person": person,
        "organisation": invitation.organisation,
        "unit": invitation.unit,
        "kind": invitation.kind,
    }
    if not Role.objects.filter(**alike).on(mandate.period.certain_from).exists():
        it.create(Role(start=mandate.start, end=mandate.end, **alike))


def decline(invitation: Invitation, now: datetime, reason: str) -> None:
    """Raises NotOpen. What was handed over beforehand to whoever was invited ends."""
    with transaction.atomic():
        one_at_a_time(TURNS)
        locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if not locked.is_open(now):
            raise NotOpen(Closed(locked.answer(now)))
        meant = locked.person.subject if locked.person else f"{Invitation.noun}:{locked.key}"
        with together(Actor(meant), reason) as it:
            it.change(locked, {"declined_at": now, "answer_reason": reason})
            for mandate in never_accepted(locked, now):
                end_from(
                    it, mandate, timezone.localdate(now), now, reason=_("declined"), knowing=True
                )
        telling.answered(locked, accepted=False)


def never_accepted(invitation: Invitation, now: datetime) -> list[Mandate]:
    """What somebody without an account was given by a hand-over, waiting for the answer."""
    if invitation.person is None or invitation.person.account_id:
        return []
    day = timezone.localdate(now)
    waiting = waiting_with(invitation, invitation.person)
    return [it for it in waiting if goes_with(invitation, it, day)]
