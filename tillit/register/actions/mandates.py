"""Mandates are given, changed and ended; the offices that must never be empty are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.changes import Actor, together
from tillit.kit.locks import one_at_a_time
from tillit.kit.refusal import Refused
from tillit.kit.together import Together
from tillit.register.choices import Extent
from tillit.register.models import Mandate, Organisation, Person
from tillit.register.rules import appoints

TURNS = "register.people"  # the lock of all who write about who acts for whom
ONE_DAY = timedelta(days=1)
NOBODY_LEFT = gettext_lazy(
    "Nobody would keep the installation running. Invite another administrator, "
    "without a last day, and wait for the answer."
)
KEPT = {Extent.ADMINISTER, Extent.SECRETARIAT}


class WouldBeEmpty(Refused):
    """The last of a secretariat would leave it. It may be done by somebody who has been told."""


@contextmanager
def by_turns(actor: Actor, reason: str = "") -> Iterator[Together]:
    """Changes of who acts for whom come one after the other, in all of the installation.

    So two who remove each other don't both succeed, and nobody waits for who waits for them.
    """
    with transaction.atomic():
        one_at_a_time(TURNS)
        with together(actor, reason) as it:
            yield it


def end(
    mandate: Mandate,
    actor: Actor,
    now: datetime,
    *,
    last_day: date | None,
    reason: str = "",
    knowing: bool = False,
) -> None:
    """Let it end with its last day; without one, at once.

    Raises Refused when nobody would administer any more, and WouldBeEmpty.
    """
    with by_turns(actor, reason) as it:
        after = last_day + ONE_DAY if last_day else timezone.localdate(now)
        end_from(it, mandate, after, now, reason=reason, knowing=knowing)


def end_from(
    it: Together,
    mandate: Mandate,
    day: date,
    now: datetime,
    *,
    reason: str = "",
    knowing: bool = False,
) -> None:
    """Let it hold no more from the day on; today: from this moment."""
    keep_office(mandate, day, knowing=knowing)
    ended = {"ended_by": it.actor.person, "end_reason": reason}
    it.change(mandate, {**ended, **_without(mandate, day, now)})


def _without(mandate: Mandate, day: date, now: datetime) -> dict[str, Any]:
    """What the row says when it doesn't hold from the day on."""
    today = timezone.localdate(now)
    if day > today and mandate.certain_from < day:
        return {"end": (day - ONE_DAY).isoformat()}
    if mandate.certain_from > today:
        return {"stopped_at": now}
    return {"stopped_at": now, "end": min(today, mandate.certain_until).isoformat()}


def keep_office(mandate: Mandate, day: date, *, knowing: bool = False) -> None:
    """Refuse to leave the installation, or a secretariat, without anybody from the day on."""
    if mandate.extent not in KEPT:
        return
    if mandate.extent == Extent.ADMINISTER:
        if not remaining_administrators(mandate, day).exists():
            raise Refused(NOBODY_LEFT, 409)
    elif not remaining_in_secretariat(mandate, day).exists():
        _refuse_to_empty(mandate, day, knowing=knowing)


def _refuse_to_empty(mandate: Mandate, day: date, *, knowing: bool) -> None:
    if not remaining_administrators(mandate, day).exists():
        raise Refused(
            _(
                "Nobody would be left in the secretariat, and there is no administrator who could "
                "bring somebody in. Invite a successor first."
            ),
            409,
        )
    if not knowing:
        raise WouldBeEmpty(
            _(
                "Nobody would be left in the secretariat. Only an administrator can bring somebody "
                "in then."
            ),
            409,
        )


def keep_offices_without(person: str, day: date) -> None:
    """Refuse to erase the person, by key, who is the last to administer. Within a transaction."""
    one_at_a_time(TURNS)
    for mandate in Mandate.objects.administrators().standing(day).filter(person__key=person):
        if not remaining_administrators(mandate, day).exclude(person__key=person).exists():
            raise Refused(NOBODY_LEFT, 409)


def remaining_administrators(mandate: Mandate, day: date) -> Any:
    """Those who administer on the day and until further notice, and can sign in."""
    found = Mandate.objects.administrators().standing(day).filter(end="..")
    return found.filter(person__account__is_active=True).exclude(pk=mandate.pk)


def remaining_in_secretariat(mandate: Mandate, day: date) -> Any:
    """Those who work in the same secretariat on the day, and can sign in."""
    found = Mandate.objects.standing(day).filter(secretariat=mandate.secretariat)
    return found.filter(person__account__is_active=True).exclude(pk=mandate.pk)


def change_extent(mandate: Mandate, extent: Extent, actor: Actor, now: datetime) -> Mandate:
    """The mandate ends, and one that reaches as far as is said begins, for the same time."""
    today = timezone.localdate(now)
    new = Mandate(
        person=mandate.person,
        organisation=mandate.organisation,
        unit=None if extent is Extent.LEAD else mandate.unit,
        extent=extent,
        through=mandate.through,
        start=max(mandate.start, today.isoformat()),
        end=mandate.end,
        accepted_at=mandate.accepted_at,
        given_by=actor.person,
        given_for=actor.behalf,
    )
    with by_turns(actor) as it:
        end_from(it, mandate, today, now, reason=_("Changed to: %s") % extent.label)
        return it.create(new)


def could_give(giver: Person | None, extent: str, organisation: Organisation, day: date) -> bool:
    """Whether the person could give a mandate of the extent on the day, by any that stands."""
    if giver is None:
        return False
    held = Mandate.objects.standing(day).filter(person=giver).select_related("secretariat")
    return any(appoints(it, extent, organisation) for it in held)


def give(it: Together, mandate: Mandate, now: datetime) -> Mandate:
    """Give the mandate, as far as the person has none that opens as much; a lesser one ends.

    What the person has already counts as accepted when the new one does.
    """
    for held in mandate.beside():
        if Extent(held.extent).rank < Extent(mandate.extent).rank:
            begins = max(mandate.period.certain_from, timezone.localdate(now))
            reason = _("Changed to: %s") % mandate.get_extent_display()
            end_from(it, held, begins, now, reason=reason)
        elif held.certain_from > mandate.period.certain_from:
            mandate.end = (held.certain_from - ONE_DAY).isoformat()
        elif held.certain_until >= mandate.period.certain_until:
            return _confirm(it, held, mandate.accepted_at)
        else:
            mandate.start = (held.certain_until + ONE_DAY).isoformat()
    return it.create(mandate)


def _confirm(it: Together, held: Mandate, at: datetime | None) -> Mandate:
    if at and not held.accepted_at:
        it.change(held, {"accepted_at": at})
    return held
