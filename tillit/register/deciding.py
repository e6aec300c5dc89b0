"""What the office of an umbrella does: asks for more, admits, declines, ends, takes back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor, change, create, new_key, undo
from tillit.kit.models import Activity, Verb
from tillit.kit.refusal import Refused
from tillit.register import membership_mails as mails
from tillit.register.applying import locked, settled_already
from tillit.register.choices import SECTOR_OF, Form, PresenceKind, RoleKind, Sector
from tillit.register.founding import enter
from tillit.register.models import (
    Application,
    Contact,
    Membership,
    MembershipDecision,
    Organisation,
    Person,
    Presence,
    Resignation,
    Supplement,
)
from tillit.register.models.application import ApplicationState
from tillit.register.models.membership_decision import DecisionKind


@dataclass(frozen=True)
class Decided:
    """Who decided, and when: a body in words, such as “årsmötet” or “styrelsen § 12”."""

    on: date
    by: str
    reason: str = ""
    reference: str = ""


def ask_more(application: Application, question: str, actor: Actor, now: datetime) -> None:
    with transaction.atomic():
        it = locked(application)
        if not it.is_open:
            raise settled_already()
        supplement = Supplement.objects.create(
            application=it, question=question, asked_at=now, asked_by=actor.person
        )
        change(it, {"state": ApplicationState.ASKED}, actor, _("asked for more"))
        mails.ask(it, supplement)


def admit(
    application: Application,
    day: date,
    decided: Decided,
    actor: Actor,
    now: datetime,
    *,
    add_contact: bool = True,
) -> MembershipDecision:
    """Make the applicant a member from the day. One that is new is entered in the register.

    Raises ValidationError when it is a member then already.
    """
    with transaction.atomic():
        it = must_be_open(application)
        member = it.member or entered(it, actor, timezone.localdate(now))
        row = Membership(
            key=new_key(f"{it.umbrella.key}.{member.key}"[:150]),
            umbrella=it.umbrella,
            member=member,
            start=day.isoformat(),
        )
        membership = create(row, actor)
        new = {"state": ApplicationState.ADMITTED, "settled_at": now, "member": member}
        change(it, new, actor)
        if add_contact:
            keep_contact(it, member, day, actor)
        decision = note(
            DecisionKind.ADMITTED,
            decided,
            actor,
            now,
            umbrella=it.umbrella,
            member=member,
            application=it,
            membership=membership,
            day=day,
            activity=latest(membership),
        )
        mails.decided(it, decision)
    return decision


def decline(
    application: Application, decided: Decided, actor: Actor, now: datetime
) -> MembershipDecision:
    with transaction.atomic():
        it = must_be_open(application)
        change(it, {"state": ApplicationState.DECLINED, "settled_at": now}, actor)
        decision = note(
            DecisionKind.DECLINED,
            decided,
            actor,
            now,
            umbrella=it.umbrella,
            member=it.member,
            application=it,
        )
        mails.decided(it, decision)
    return decision


def end(  # noqa: PLR0917 (a deed: which, how, when, by whom)
    membership: Membership,
    kind: DecisionKind,
    day: date,
    decided: Decided,
    actor: Actor,
    now: datetime,
) -> MembershipDecision:
    """End a membership with its last day. A notice of leaving is answered by it.

    Raises ValidationError when the last day comes before the first.
    """
    with transaction.atomic():
        it = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        if it.end not in {"", ".."}:
            raise Refused(_("The membership has ended meanwhile. Load the page again."), 409)
        activity = change(it, {"end": day.isoformat()}, actor)
        decision = note(
            kind,
            decided,
            actor,
            now,
            umbrella=it.umbrella,
            member=it.member,
            membership=it,
            day=day,
            activity=activity,
        )
        for resignation in Resignation.objects.open().filter(membership=it):
            change(resignation, {"decision": decision}, actor)
        mails.ended(decision, timezone.localdate(now))
    return decision


def take_back(
    decision: MembershipDecision, decided: Decided, actor: Actor, now: datetime
) -> MembershipDecision:
    """Undo a decision that is the last of its matter, and what it did to the membership.

    Raises Refused when something has come after it.
    """
    with transaction.atomic():
        it = last_of_matter(decision)
        deed = note(
            DecisionKind.TAKEN_BACK,
            decided,
            actor,
            now,
            umbrella=it.umbrella,
            member=it.member,
            application=it.application,
            takes_back=it,
        )
        if it.activity:
            undo(it.activity, actor)
        reopen(it, actor)
        if it.application:
            mails.taken_back(it.application)
        elif it.member:
            mails.ending_taken_back(it, timezone.localdate(now))
    return deed


def last_of_matter(decision: MembershipDecision) -> MembershipDecision:
    """The decision, kept from others, if no other of the pair or the application came after it."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=decision.umbrella_id)
    standing = MembershipDecision.objects.standing().filter(umbrella=decision.umbrella_id)
    if decision.member_id:
        matter = standing.filter(member=decision.member_id)
    else:
        matter = standing.filter(application=decision.application_id)
    last: MembershipDecision | None = matter.select_related(
        "umbrella__secretariat", "member", "application", "activity"
    ).first()
    if last is None or last.pk != decision.pk:
        raise Refused(_("Only the last decision can be taken back, and this is not the last."), 409)
    return last


def reopen(decision: MembershipDecision, actor: Actor) -> None:
    """What the decision settled is to be decided again."""
    if decision.application:
        new = {"state": ApplicationState.WAITING, "settled_at": None}
        change(decision.application, new, actor, _("decision taken back"))
    for resignation in Resignation.objects.filter(decision=decision):
        change(resignation, {"decision": None}, actor, _("decision taken back"))


def resign(
    membership: Membership, last_day: date, reason: str, actor: Actor, now: datetime
) -> Resignation:
    """The member says that it leaves. Raises ValidationError when it has said so already."""
    row = Resignation(
        umbrella=membership.umbrella,
        membership=membership,
        last_day=last_day,
        reason=reason,
        asked_at=now,
        asked_by=actor.person,
    )
    return create(row, actor, reason)


def must_be_open(application: Application) -> Application:
    it = locked(application)
    if not it.is_open:
        raise settled_already()
    return it


def entered(application: Application, actor: Actor, day: date) -> Organisation:
    """The applicant as a new organisation, looked after by whoever looks after the umbrella."""
    sector = SECTOR_OF.get(Form(application.form), Sector.CIVIL) if application.form else None
    it = enter(
        application.name,
        sector or Sector.CIVIL,
        actor,
        day,
        form=application.form,
        number=application.number,
    )
    keeper = application.umbrella.secretariat
    if keeper and keeper.side == it.side:
        change(it, {"secretariat": keeper}, actor)
    if application.place:
        seat = Presence(
            key=new_key(it.key), organisation=it, kind=PresenceKind.SEAT, place=application.place
        )
        create(seat, actor)
    return it


def keep_contact(application: Application, member: Organisation, day: date, actor: Actor) -> None:
    """Keep the applicant's contact person, unless the address is known."""
    email = application.contact_email.casefold()
    if not email or Contact.objects.on(day).filter(organisation=member, email=email).exists():
        return
    person = create(Person(name=application.contact_name), actor)
    row = Contact(
        key=new_key(member.key),
        organisation=member,
        person=person,
        kind=RoleKind.CONTACT_PERSON,
        email=email,
        phone=application.contact_phone,
        language=application.language,
        start=day.isoformat(),
    )
    create(row, actor)


def note(
    kind: DecisionKind, decided: Decided, actor: Actor, now: datetime, **of: Any
) -> MembershipDecision:
    row = MembershipDecision(
        kind=kind,
        decided_on=decided.on,
        decided_by=decided.by,
        reference=decided.reference,
        reason=decided.reason,
        noted_at=now,
        noted_by=actor.person,
        **of,
    )
    return create(row, actor, decided.reason)


def latest(membership: Membership) -> Activity:
    found: Activity = Activity.objects.filter(subject=membership.subject, verb=Verb.CREATED).latest(
        "pk"
    )
    return found
