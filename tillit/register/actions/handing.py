"""All that somebody holds is handed over in one act, by every context, with a note."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from tillit.kit.changes import Actor, new_key
from tillit.kit.contributions import Fate, HandOver, hand_over
from tillit.register.actions import telling
from tillit.register.actions.inviting import invite
from tillit.register.actions.mandates import by_turns
from tillit.register.choices import Extent
from tillit.register.models import Handover, Invitation, Mandate, Organisation, Person
from tillit.register.people import key_in
from tillit.register.standing import ORDER


@dataclass(frozen=True)
class Departure:
    """Who leaves what, with which last day, and who takes over: somebody, somebody new, or nobody."""

    organisation: Organisation
    leaver: Person
    last_day: date
    fates: Mapping[str, Fate]
    note: str = ""
    successor: Person | None = None
    new_name: str = ""
    new_email: str = ""
    knowing: bool = False


def hand_all_over(it: Departure, actor: Actor) -> Handover:
    """Done at once, also for a successor who has no account yet: that one is invited.

    What such a successor holds opens nothing before the answer is yes. Raises Refused.
    """
    now = timezone.now()
    with by_turns(actor) as writing:
        successor = it.successor
        if it.new_email:
            successor = writing.create(Person(key=new_key(), name=it.new_name))
        act = HandOver(
            leaver=it.leaver.subject,
            successor=successor.subject if successor else "",
            behalf=it.organisation.subject,
            last_day=it.last_day,
            actor=actor,
            note=it.note,
            fates=it.fates,
            knowing=it.knowing,
        )
        hand_over(act)
        done = writing.create(written(it, successor, actor, now))
        if it.new_email and successor:
            invite(invitation_to(successor, it), actor, now)
        else:
            telling.handed_over(done)
    return done


def written(it: Departure, successor: Person | None, actor: Actor, now: datetime) -> Handover:
    return Handover(
        organisation=it.organisation,
        leaver=it.leaver,
        successor=successor,
        last_day=it.last_day,
        note=it.note,
        fates=[[subject, fate.value] for subject, fate in it.fates.items()],
        done_by=actor.person,
        done_for=actor.behalf,
        done_at=now,
    )


def invitation_to(successor: Person, it: Departure) -> Invitation:
    """To the mandate that opens most of those that passed on; to read, if none did."""
    passed = [key_in(key, Mandate.noun) for key, fate in it.fates.items() if fate is Fate.HAND_ON]
    held = Mandate.objects.filter(key__in=passed).select_related("unit", "secretariat")
    most = min(held, key=lambda row: ORDER.index(Extent(row.extent)), default=None)
    return Invitation(
        organisation=it.organisation,
        person=successor,
        name=it.new_name,
        email=it.new_email,
        extent=most.extent if most else Extent.READ,
        unit=most.unit if most else None,
        secretariat=most.secretariat if most else None,
        start=(it.last_day + timedelta(days=1)).isoformat(),
        note=it.note[:2000],
    )
