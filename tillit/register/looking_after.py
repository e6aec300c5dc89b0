"""Which organisation keeps a side's secretariat, from one day to the next."""

from datetime import date, datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor, change, create, remove
from tillit.kit.circles import pass_on
from tillit.kit.locks import one_at_a_time
from tillit.register.choices import Side
from tillit.register.models import Invitation, Mandate, Organisation, Place, Secretariat
from tillit.register.models.kept import Kept


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
        guard_kept(new)
    return new


def succeed(earlier: Secretariat, new: Secretariat, actor: Actor, day: date) -> None:
    change(earlier, {"end": (day - timedelta(days=1)).isoformat()}, actor)
    Organisation.objects.filter(secretariat=earlier).update(secretariat=new)
    pass_on(earlier.own_circle, new.own_circle)


def dismiss(secretariat: Secretariat, actor: Actor, now: datetime) -> None:
    """Who has worked in it, or has been asked to, doesn't any more."""
    day, reason = timezone.localdate(now), _("Another organisation keeps the secretariat.")
    ended = {"end": (day - timedelta(days=1)).isoformat(), "end_reason": reason}
    for mandate in Mandate.objects.filter(secretariat=secretariat, certain_until__gte=day):
        if mandate.certain_from < day:
            change(mandate, ended, actor, reason)
        else:
            remove(mandate, actor, reason)
    waiting = {"accepted_at": None, "declined_at": None, "withdrawn_at": None}
    for invitation in Invitation.objects.filter(secretariat=secretariat, **waiting):
        change(invitation, {"withdrawn_at": now}, actor, reason)


def guard_kept(secretariat: Secretariat) -> None:
    """Let the secretariat read what is kept of the organisations that it looks after."""
    circle = secretariat.own_circle
    for model in apps.get_models():
        if issubclass(model, Kept):
            rows = model.objects.filter(organisation__secretariat=secretariat).exclude(also=circle)
            rows.filter(organisation__protected=False).update(also=circle)
