"""What is done with a consultation: sent out, prolonged, closed, its responses published; reminders."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.agreements.choices import (
    Came,
    ConsultationDeedKind,
    ConsultationState,
    Matter,
    Stage,
)
from tillit.agreements.consulting import tasks
from tillit.agreements.consulting.preparing import locked
from tillit.agreements.models import Consultation, ConsultationDeed
from tillit.agreements.stages import tell_others
from tillit.kit.changes import Actor, change, together
from tillit.kit.refusal import Refused

LATE_DAYS = 30  # in which late answers are taken, where nobody has said until when
THE_SCHEDULE = Actor("command:schedule")


def must_be_possible(it: Consultation, matter: str, day: date, until: date | None = None) -> None:
    """Raises Refused with what stands in the way."""
    match matter:
        case Matter.OPEN:
            must_be_ready(it, day)
        case Matter.PROLONG:
            must_be_open(it)
            if until is None or until < day or (it.deadline and until <= it.deadline):
                raise Refused(_("Give a later last day than %(day)s.") % {"day": it.deadline}, 409)
        case Matter.CLOSE:
            must_be_open(it)
        case Matter.PUBLISH:
            if it.is_prepared or it.responses_at:
                raise Refused(_("There is nothing to publish."), 409)


def must_be_ready(it: Consultation, day: date) -> None:
    if why := not_ready(it, day):
        raise Refused(why, 409)


def not_ready(it: Consultation, day: date) -> str:
    """Why it can't be sent out yet; nothing if it can."""
    if not it.is_prepared:
        return _("It has been sent out already.")
    if it.version.stage != Stage.DRAFT:
        return _("Only a draft is sent out for consultation.")
    return lacks_day(it, day) or lacks_text_or_readers(it)


def lacks_day(it: Consultation, day: date) -> str:
    if it.deadline is None:
        return _("Set the last day to answer first.")
    if it.deadline < day:
        return _("The last day to answer is over. Set another one first.")
    return ""


def lacks_text_or_readers(it: Consultation) -> str:
    if not it.version.sections.exists():
        return _("The draft has no text yet.")
    if not it.is_open_to_all and not it.consulted.exists():
        return _("Say who is asked first, or let anybody answer.")
    return ""


def must_be_open(it: Consultation) -> None:
    if not it.is_open:
        raise Refused(_("The consultation is not open."), 409)


def do(it: Consultation, matter: str, actor: Actor, now: datetime, until: date | None) -> None:
    """What both sides have said go ahead to."""
    match matter:
        case Matter.OPEN:
            send_out(it, actor, now)
        case Matter.PROLONG if until:
            prolong(it, until, actor, now)
        case Matter.CLOSE:
            close(it, actor, now)
        case Matter.PUBLISH:
            change(it, {"responses_at": now}, actor)
            note(it, ConsultationDeedKind.PUBLISHED, actor, now)


def send_out(it: Consultation, actor: Actor, now: datetime) -> None:
    """Everybody may read the draft, and those who are asked are written to in the background."""
    with together(actor) as all_of_it:
        tell_others(all_of_it, it.version, {"stage": Stage.CONSULTATION})
        opened = {"state": ConsultationState.OPEN, "opens": timezone.localdate(now)}
        all_of_it.change(it, {**opened, "closes": it.closes or latest_by_itself(it)})
    note(it, ConsultationDeedKind.OPENED, actor, now)
    transaction.on_commit(lambda: tasks.write_to_asked.enqueue(it.pk))


def latest_by_itself(it: Consultation) -> date | None:
    return it.deadline + timedelta(days=LATE_DAYS) if it.deadline else None


def prolong(it: Consultation, until: date, actor: Actor, now: datetime) -> None:
    closes = max(it.closes, until) if it.closes else None
    change(it, {"deadline": until, "closes": closes}, actor)
    note(it, ConsultationDeedKind.PROLONGED, actor, now)


def close(it: Consultation, actor: Actor, now: datetime) -> None:
    """Nobody answers any more, not late either."""
    change(it, {"state": ConsultationState.CLOSED}, actor)
    note(it, ConsultationDeedKind.CLOSED, actor, now)


def unpublish(it: Consultation, actor: Actor, now: datetime) -> None:
    change(it, {"responses_at": None}, actor)
    note(it, ConsultationDeedKind.UNPUBLISHED, actor, now)


def remind(consultation: Consultation, actor: Actor, now: datetime) -> None:
    """Write, in the background, to all that have not answered. Either side may, and not twice a day."""
    with transaction.atomic():
        it = locked(consultation)
        must_be_open(it)
        since = now - timedelta(hours=20)
        if it.deeds.filter(kind=ConsultationDeedKind.REMINDED, at__gte=since).exists():
            raise Refused(_("They have been reminded already today."), 409)
        note(it, ConsultationDeedKind.REMINDED, actor, now)
        transaction.on_commit(lambda: tasks.write_to_asked.enqueue(it.pk))


def note(it: Consultation, kind: ConsultationDeedKind, actor: Actor, now: datetime) -> None:
    by = "" if actor is THE_SCHEDULE else actor.person
    ConsultationDeed.objects.create(consultation=it, kind=kind, at=now, by=by)


def turn(now: datetime) -> int:
    """What the schedule does: reminds when the day has come, and closes. How many it turned."""
    day, count = timezone.localdate(now), 0
    for it in to_remind(day):
        count += attempt_reminder(it, now)
    for it in Consultation.objects.to_close(day):
        count += attempt_closing(it, now)
    return count


def to_remind(day: date) -> list[Consultation]:
    """Those whose day has come, and of which nobody has reminded since."""
    return [it for it in Consultation.objects.to_remind(day) if is_to_remind(it, day)]


def is_to_remind(it: Consultation, day: date) -> bool:
    begins = it.deadline - timedelta(days=it.remind_before) if it.deadline else day
    if day < begins or it.opens == day:
        return False
    reminded = it.deeds.filter(kind=ConsultationDeedKind.REMINDED, at__date__gte=begins)
    waited = it.consulted.unanswered().filter(came=Came.INVITED)
    return not reminded.exists() and waited.exists()


def attempt_reminder(it: Consultation, now: datetime) -> int:
    """Whether it was done now, and not by somebody else a moment before."""
    try:
        remind(it, THE_SCHEDULE, now)
    except Refused:
        return 0
    return 1


def attempt_closing(consultation: Consultation, now: datetime) -> int:
    with transaction.atomic():
        it = locked(consultation)
        if not it.is_open or it.takes_answers_on(timezone.localdate(now)):
            return 0
        close(it, THE_SCHEDULE, now)
    return 1


def is_due() -> bool:
    """Whether anything is to be reminded of, or closed, now."""
    day = timezone.localdate()
    return bool(to_remind(day) or Consultation.objects.to_close(day).exists())
