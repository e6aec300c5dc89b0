"""The addresses at which an organisation is reached, and the functions that pass from hand to hand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.accounts.actions import let_go
from tillit.kit.changes import Actor
from tillit.kit.refusal import Refused
from tillit.kit.together import Together
from tillit.register.actions.mandates import by_turns, could_give, end_from, give
from tillit.register.models import Contact, Mandate, Person
from tillit.register.people import person_behind

ONE_DAY = timedelta(days=1)


def is_somebodys_own(address: str) -> bool:
    """Whether an account has it as its own: then only who reads it may make it a function's."""
    return bool(EmailAddress.objects.filter(email=address, verified=True).exists())


def end_contact(contact: Contact, actor: Actor, now: datetime, last_day: date) -> None:
    """It is used to the end of the day. By the address of a function nobody acts any longer then."""
    with by_turns(actor) as it:
        end_contact_in(it, contact, last_day, now)


def end_contact_in(it: Together, contact: Contact, last_day: date, now: datetime) -> None:
    if contact.certain_from > last_day:
        it.remove(contact)
        return
    held = list(_through(contact, last_day + ONE_DAY))
    refuse_beyond(held, person_behind(it.actor.person), now)
    for mandate in held:
        end_from(it, mandate, last_day + ONE_DAY, now, reason=_("The address passed on."))
    it.change(contact, {"end": last_day.isoformat()})


def hand_over_function(
    contact: Contact, successor: Person, actor: Actor, now: datetime, first_day: date
) -> Contact:
    """The address belongs to the successor from the day on, and what was held by it as well.

    The predecessor is out; the successor is in when both the mail and the person have been shown.
    Raises Refused when more is held by it than the actor may give.
    """
    with by_turns(actor) as it:
        return pass_on(it, contact, successor, now, first_day)


def pass_on(
    it: Together, contact: Contact, successor: Person, now: datetime, first_day: date
) -> Contact:
    if contact.person_id == successor.pk:
        raise Refused(_("The address is that person's already."), 409)
    giver = person_behind(it.actor.person)
    taken = take(it, contact, successor, now, first_day, giver=giver)
    for mandate in taken.held_by_it:
        give(it, _for_successor(mandate, successor, taken.contact, first_day, it.actor), now)
    taken.end_what_was_held(it, now)
    return taken.contact


@dataclass(frozen=True)
class Taken:
    """The function's new row, and the mandates that its earlier holder had by it.

    They end when the new ones have been given, so that no office is empty in between.
    """

    contact: Contact
    held_by_it: list[Mandate]
    first_day: date

    def end_what_was_held(self, it: Together, now: datetime) -> None:
        for mandate in self.held_by_it:
            end_from(it, mandate, self.first_day, now, reason=_("The address passed on."))


def _for_successor(
    mandate: Mandate, successor: Person, through: Contact, first_day: date, actor: Actor
) -> Mandate:
    """The same mandate for the next holder of the address."""
    day = max(first_day, mandate.certain_from)
    return Mandate(
        person=successor,
        organisation=mandate.organisation,
        unit=mandate.unit,
        extent=mandate.extent,
        secretariat=mandate.secretariat,
        through=through,
        start=day.isoformat(),
        end=mandate.end or "..",
        given_by=actor.person,
        given_for=actor.behalf,
    )


def take(
    it: Together,
    like: Contact,
    holder: Person,
    now: datetime,
    first_day: date,
    *,
    giver: Person | None,
    confirmed: bool = False,
) -> Taken:
    """The function's row for the holder from the day on; whoever had it has it no more.

    `like` says which address it is, of whom, for which role and in which language. When `confirmed`
    the holder has shown to read the address; then it is nobody's own any more. Raises Refused when
    it is the address of another organisation's function, or when the giver could not give what is
    held by it.
    """
    at = now if confirmed else None
    like.lock()
    new = Contact(
        person=holder,
        confirmed_at=at,
        start=first_day.isoformat(),
        end="..",
        is_function=True,
        **{name: getattr(like, name) for name in ALIKE},
    )
    if confirmed:
        let_go(like.email)
    held: list[Mandate] = []
    for earlier in Contact.objects.functions(like.email).filter(possible_until__gte=first_day):
        if earlier.organisation_id != like.organisation_id:
            raise Refused(_("That is the address of a function of another organisation."), 409)
        if earlier.person_id == holder.pk and earlier.certain_from <= first_day:
            it.change(earlier, {"confirmed_at": at or earlier.confirmed_at})
            return Taken(earlier, held, first_day)
        held += _through(earlier, first_day)
        if earlier.certain_from >= first_day:
            it.remove(earlier)
        else:
            it.change(earlier, {"end": (first_day - ONE_DAY).isoformat()})
    refuse_beyond(held, giver, now)
    return Taken(it.create(new), held, first_day)


def refuse_beyond(held: Iterable[Mandate], giver: Person | None, now: datetime) -> None:
    """With an address goes no mandate, on or out, over which whoever moves it has no say."""
    day = timezone.localdate(now)
    if all(
        it.person_id == (giver and giver.pk) or could_give(giver, it.extent, it.organisation, day)
        for it in held
    ):
        return
    raise Refused(
        _(
            "By this address somebody works in a secretariat or as an administrator. Only whoever "
            "may give that can hand the address over or end it."
        ),
        403,
    )


ALIKE = ("organisation", "kind", "email", "phone", "language", "gets_letters")


def _through(contact: Contact, day: date) -> Any:
    """The mandates that are held by the address on the day or later."""
    return Mandate.objects.lasting(day).filter(through=contact).select_related("organisation")


def confirm(contact: Contact, actor: Actor, now: datetime) -> None:
    """The holder has shown to read the address: from now on it leads to the holder."""
    with by_turns(actor) as it:
        let_go(contact.email)
        it.change(contact, {"confirmed_at": now})
        for mandate in _through(contact, timezone.localdate(now)).filter(accepted_at=None):
            it.change(mandate, {"accepted_at": now})
