"""Which organisation keeps a side's secretariat, from one day to the next."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor
from tillit.kit.circles import pass_on
from tillit.kit.together import Together
from tillit.register.actions.mandates import by_turns
from tillit.register.choices import Side
from tillit.register.models import Invitation, Mandate, Organisation, Place, Secretariat


def secretariat_for(side: str, place: Place | None, day: date) -> Secretariat | None:
    """The one of a side that looks after a place on the day."""
    rows = Secretariat.objects.on(day).filter(side=side, place=place)
    found: Secretariat | None = rows.select_related("organisation").order_by("-pk").first()
    return found


def give_secretariat(
    side: Side, place: Place | None, keeper: Organisation, actor: Actor, now: datetime
) -> Secretariat:
    """Have the organisation keep the side's secretariat from today on; all it looks after follows.

    One that began today was a slip, and is mended where it stands. An earlier keeper's people have
    no mandate any more, and no invitation to it.
    """
    day = timezone.localdate(now)
    with by_turns(actor) as it:
        earlier = secretariat_for(side, place, day)
        if earlier and earlier.organisation_id == keeper.pk:
            return earlier
        if earlier:
            dismiss(it, earlier, now, _("Another organisation keeps the secretariat."))
        if earlier and earlier.start == day.isoformat():
            it.change(earlier, {"organisation": keeper})
            return earlier
        if earlier:
            it.change(earlier, {"end": (day - timedelta(days=1)).isoformat()})
        start = day.isoformat()
        new = it.create(Secretariat(side=side, organisation=keeper, place=place, start=start))
        if earlier:
            Organisation.objects.filter(secretariat=earlier).update(secretariat=new)
            pass_on(earlier.own_circle, new.own_circle)
        new.take_up()
    return new


def end_secretariat(secretariat: Secretariat, actor: Actor, now: datetime, reason: str) -> int:
    """Nobody keeps it any more, and nobody looks after its organisations; how many these are."""
    day = timezone.localdate(now)
    with by_turns(actor, reason) as it:
        dismiss(it, secretariat, now, reason)
        last = day if secretariat.certain_from >= day else day - timedelta(days=1)
        it.change(secretariat, {"end": last.isoformat()})
        return secretariat.release()


def dismiss(it: Together, secretariat: Secretariat, now: datetime, reason: str) -> None:
    """Who works in it, or has been asked to, doesn't any more."""
    day = timezone.localdate(now)
    ended = {"stopped_at": now, "ended_by": it.actor.person, "end_reason": reason}
    for mandate in Mandate.objects.lasting(day).filter(secretariat=secretariat):
        last = {"end": day.isoformat()} if mandate.certain_from <= day else {}
        it.change(mandate, {**ended, **last})
    for invitation in Invitation.objects.unanswered().filter(secretariat=secretariat):
        it.change(invitation, {"withdrawn_at": now})
