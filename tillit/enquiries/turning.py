"""The deeds of an enquiry: planned, opened, closed, published. By a person or by the schedule."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.enquiries import tasks
from tillit.enquiries.drafting import locked, locked_draft
from tillit.enquiries.models import Asked, Deed, DeedKind, Enquiry, Round, State
from tillit.kit.changes import Actor, change, new_key
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation

BATCH = 500
THE_SCHEDULE = Actor("command:schedule")


def plan(enquiry: Enquiry, opens: date, actor: Actor, now: datetime) -> None:
    """Let it open by itself on a day to come."""
    with transaction.atomic():
        it = locked_draft(enquiry)
        must_be_answerable(it, opens)
        change(it, {"state": State.PLANNED, "opens": opens}, actor)
        note(it, DeedKind.PLANNED, actor, now)


def unplan(enquiry: Enquiry, actor: Actor, now: datetime) -> None:
    """Make it a draft again."""
    with transaction.atomic():
        it = locked_draft(enquiry)
        change(it, {"state": State.DRAFT}, actor)
        note(it, DeedKind.UNPLANNED, actor, now)


def open_to_members(enquiry: Enquiry, actor: Actor, now: datetime) -> Round:
    """Ask all members of today, and write to them in the background."""
    day = timezone.localdate(now)
    with transaction.atomic():
        it = locked_draft(enquiry)
        must_be_answerable(it, day)
        if not ask_members(it, day):
            raise Refused(_("There are no members to ask."), 409)
        change(it, {"state": State.OPEN, "opens": day}, actor)
        note(it, DeedKind.OPENED, actor, now)
        return begin_round(it, actor, now)


def must_be_answerable(enquiry: Enquiry, day: date) -> None:
    if enquiry.closes is None:
        raise Refused(_("Set the last day to answer first."), 409)
    if enquiry.closes < day:
        raise Refused(_("The last day to answer is over. Set another one first."), 409)


def ask_members(enquiry: Enquiry, day: date) -> int:
    """Ask the members of the day that have not been asked. How many they were."""
    known = enquiry.asked.values("member")
    members = Organisation.objects.filter(
        pk__in=enquiry.memberships_on(day).values("member")
    ).exclude(pk__in=known)
    rows = [asked_of(enquiry, member) for member in members]
    Asked.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)


def asked_of(enquiry: Enquiry, member: Organisation) -> Asked:
    row = Asked(key=new_key(), enquiry=enquiry, umbrella=enquiry.umbrella, member=member)
    row.make_link()
    return row


def begin_round(
    enquiry: Enquiry, actor: Actor, now: datetime, *, is_reminder: bool = False, words: str = ""
) -> Round:
    """Have all that have not answered written to, in the background."""
    found = Round.objects.create(
        enquiry=enquiry,
        is_reminder=is_reminder,
        words=words,
        begun_at=now,
        begun_by=actor.person,
    )
    transaction.on_commit(lambda: tasks.send_round.enqueue(found.pk))
    return found


def ask_new_members(enquiry: Enquiry, actor: Actor, now: datetime) -> int:
    """Ask those that have become members since it was opened, and write to them."""
    with transaction.atomic():
        it = must_be_open(enquiry)
        count = ask_members(it, timezone.localdate(now))
        if count:
            begin_round(it, actor, now)
    return count


def remind(enquiry: Enquiry, words: str, actor: Actor, now: datetime) -> Round:
    """Remind all that have not answered. Raises Refused while an earlier round is being sent."""
    with transaction.atomic():
        it = must_be_open(enquiry)
        if it.rounds.unfinished().exists():
            raise Refused(_("A round of mail is being sent. Wait until it is through."), 409)
        return begin_round(it, actor, now, is_reminder=True, words=words)


def must_be_open(enquiry: Enquiry) -> Enquiry:
    it = locked(enquiry)
    if not it.is_open:
        raise Refused(_("The enquiry is not open."), 409)
    return it


def close(enquiry: Enquiry, actor: Actor, now: datetime) -> None:
    """Nobody answers any more. Its last day was today, if it was to be later."""
    day = timezone.localdate(now)
    with transaction.atomic():
        it = must_be_open(enquiry)
        last = max(it.opens or day, min(it.closes or day, day))
        change(it, {"state": State.CLOSED, "closes": last}, actor)
        note(it, DeedKind.CLOSED, actor, now)


def reopen(enquiry: Enquiry, closes: date, actor: Actor, now: datetime) -> None:
    """Let members answer, and change their answers, until a new last day; or until a later one."""
    with transaction.atomic():
        it = locked(enquiry)
        if it.is_prepared or it.forgotten_at:
            raise Refused(_("It can't be opened again."), 409)
        if closes < timezone.localdate(now):
            raise Refused(_("The last day to answer is over. Set another one first."), 409)
        was_closed = it.is_closed
        change(it, {"state": State.OPEN, "closes": closes}, actor)
        if was_closed:
            note(it, DeedKind.REOPENED, actor, now)


def publish(enquiry: Enquiry, actor: Actor, now: datetime, *, public: bool = True) -> None:
    """Let everybody see the figures, or no longer."""
    with transaction.atomic():
        it = locked(enquiry)
        if public and not it.is_closed:
            raise Refused(_("Figures are published when the enquiry has been closed."), 409)
        if bool(it.published_at) == public:
            return
        change(it, {"published_at": now if public else None}, actor)
        note(it, DeedKind.PUBLISHED if public else DeedKind.UNPUBLISHED, actor, now)


def note(enquiry: Enquiry, kind: DeedKind, actor: Actor, now: datetime) -> None:
    by = "" if actor is THE_SCHEDULE else actor.person
    Deed.objects.create(enquiry=enquiry, kind=kind, at=now, by=by)


def turn(now: datetime) -> int:
    """What the schedule does: opens and closes those whose day has come. How many it turned."""
    day, count = timezone.localdate(now), 0
    for enquiry in Enquiry.objects.to_open(day):
        count += attempt(open_or_draft, enquiry, now)
    for enquiry in Enquiry.objects.to_close(day):
        count += attempt(lambda it, at: close(it, THE_SCHEDULE, at), enquiry, now)
    return count


def open_or_draft(enquiry: Enquiry, now: datetime) -> None:
    """One that can't be opened, since there is nobody to ask or its time is over, is a draft again."""
    try:
        open_to_members(enquiry, THE_SCHEDULE, now)
    except Refused:
        unplan(enquiry, THE_SCHEDULE, now)


def attempt(turning: Any, enquiry: Enquiry, now: datetime) -> int:
    """Whether it was turned now, and not by somebody else a moment before."""
    try:
        turning(enquiry, now)
    except Refused:
        return 0
    return 1


def is_due() -> bool:
    """Whether anything opens or closes now."""
    day = timezone.localdate()
    return bool(Enquiry.objects.to_open(day).exists() or Enquiry.objects.to_close(day).exists())
