"""Which organisation keeps a side's secretariat, from one day to the next."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor, change, create
from tillit.kit.circles import pass_on
from tillit.kit.locks import one_at_a_time
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
    with transaction.atomic():
        one_at_a_time(f"register.secretariat.{side}")
        earlier = secretariat_for(side, place, day)
        if earlier and earlier.organisation_id == keeper.pk:
            return earlier
        if earlier:
            dismiss(earlier, actor, now)
        if earlier and earlier.start == day.isoformat():
            change(earlier, {"organisation": keeper}, actor)
            return earlier
        new = Secretariat(side=side, organisation=keeper, place=place, start=day.isoformat())
        create(new, actor)
        if earlier:
            succeed(earlier, new, actor, day)
        new.take_up()
    return new


def succeed(earlier: Secretariat, new: Secretariat, actor: Actor, day: date) -> None:
    change(earlier, {"end": (day - timedelta(days=1)).isoformat()}, actor)
    Organisation.objects.filter(secretariat=earlier).update(secretariat=new)
    pass_on(earlier.own_circle, new.own_circle)


def dismiss(secretariat: Secretariat, actor: Actor, now: datetime) -> None:
    """Who works in it, or has been asked to, doesn't any more."""
    day, reason = timezone.localdate(now), _("Another organisation keeps the secretariat.")
    ended = {"stopped_at": now, "ended_by": actor.person, "end_reason": reason}
    for mandate in Mandate.objects.lasting(day).filter(secretariat=secretariat):
        last = {"end": day.isoformat()} if mandate.certain_from <= day else {}
        change(mandate, {**ended, **last}, actor, reason)
    for invitation in Invitation.objects.unanswered().filter(secretariat=secretariat):
        change(invitation, {"withdrawn_at": now}, actor, reason)
