"""Taking corrections over into the register, or not. By somebody who may change the entry."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.enquiries.models import Correction, What
from tillit.kit.changes import Actor, change, new_key, together
from tillit.kit.models import Activity, Dated
from tillit.kit.refusal import Refused
from tillit.kit.together import Together
from tillit.register.actions.contacts import end_contact
from tillit.register.choices import AddressKind, NameKind, RoleKind
from tillit.register.models import Address, Contact, Name, Person

ONE_DAY = timedelta(days=1)


def take_over(
    correction: Correction, actor: Actor, now: datetime, *, was_wrong: bool = False
) -> None:
    """Write what the correction says. A name or an address is a new one from the day it was said;
    where `was_wrong`, what stood is put right instead.

    Raises Refused when it has been settled, or when what it is about has changed since;
    ValidationError when the register refuses it.
    """
    with transaction.atomic():
        it = locked(correction)
        activity = written(it, actor, now, was_wrong=was_wrong)
        new = {"taken_over_at": now, "settled_by": actor.person, "activity": activity}
        change(it, new, actor)


def dismiss(correction: Correction, reason: str, actor: Actor, now: datetime) -> None:
    with transaction.atomic():
        new = {"dismissed_at": now, "settled_by": actor.person, "reason": reason}
        change(locked(correction), new, actor)


def take_all(corrections: Iterable[Correction], actor: Actor, now: datetime) -> tuple[int, int]:
    """Take over those that can be. How many were, and how many must be looked at one by one."""
    taken = left = 0
    for correction in corrections:
        try:
            take_over(correction, actor, now)
        except (Refused, ValidationError):
            left += 1
        else:
            taken += 1
    return taken, left


def locked(correction: Correction) -> Correction:
    it: Correction = (
        Correction.objects.select_for_update(of=("self",))
        .select_related("asked__enquiry", "asked__umbrella", "organisation__secretariat")
        .get(pk=correction.pk)
    )
    if it.is_settled:
        raise Refused(_("It has been settled meanwhile. Load the page again."), 409)
    return it


def reason_of(it: Correction) -> str:
    return _("answer to “%(title)s”") % {"title": it.asked.enquiry.title}


def written(it: Correction, actor: Actor, now: datetime, *, was_wrong: bool) -> Activity | None:
    """What was noted first; nothing when it stood there already."""
    said_on = timezone.localdate(it.said_at)
    if it.what == What.CONTACT_ENDED:
        contact = row_of(Contact, it)
        if contact.certain_until >= said_on:
            end_contact(contact, actor, now, said_on)
        return None
    with together(actor, reason_of(it), about=it.about) as all_of_it:
        match it.what:
            case What.NAME:
                write_name(it, all_of_it, said_on, was_wrong=was_wrong)
            case What.WEB if not stands_already(it, {"web": it.organisation.web}):
                all_of_it.change(it.organisation, it.after)
            case What.ADDRESS:
                write_address(it, all_of_it, said_on, was_wrong=was_wrong)
            case What.CONTACT:
                contact = row_of(Contact, it)
                if not stands_already(it, {name: getattr(contact, name) for name in it.before}):
                    all_of_it.change(contact, it.after)
            case What.CONTACT_NEW:
                write_contact(it, all_of_it, said_on)
    return all_of_it.first


def row_of(model: Any, it: Correction) -> Any:
    rows = model.objects.select_for_update(of=("self",)).filter(organisation=it.organisation)
    found = rows.filter(key=it.row_key).first()
    if found is None:
        raise Refused(_("What it is about is no longer there."), 409)
    return found


def stands_already(it: Correction, now: dict[str, Any]) -> bool:
    """Whether it says already what it shall.

    Raises Refused if it says neither that nor what the member saw.
    """
    if now not in (it.before, it.after):
        raise Refused(
            _("It has been changed since the member answered. Look at it by itself."), 409
        )
    return bool(now == it.after)


def write_name(it: Correction, all_of_it: Together, day: date, *, was_wrong: bool) -> None:
    if stands_already(it, {"name": it.organisation.name}):
        return
    former = present_name(it, day)
    if former and (was_wrong or began_since(former, day)):
        all_of_it.change(former, it.after)
        return
    if former:
        all_of_it.change(former, {"end": (day - ONE_DAY).isoformat()})
    all_of_it.create(
        Name(
            key=new_key(it.organisation.key),
            organisation=it.organisation,
            kind=NameKind.OFFICIAL,
            start=day.isoformat() if former else "",
            **it.after,
        )
    )


def began_since(row: Dated, day: date) -> bool:
    """Whether it began on the day or later, so that another can't follow on it."""
    return row.period.start.earliest >= day


def present_name(it: Correction, day: date) -> Name | None:
    rows = Name.objects.select_for_update(of=("self",)).on(day).filter(organisation=it.organisation)
    official = rows.filter(kind=NameKind.OFFICIAL, name=it.organisation.name)
    found: Name | None = official.order_by("-possible_from").first()
    return found


def write_address(it: Correction, all_of_it: Together, day: date, *, was_wrong: bool) -> None:
    kind, start = AddressKind.POSTAL, ""
    if any(it.before.values()):
        former = row_of(Address, it)
        if stands_already(it, {name: getattr(former, name) for name in it.before}):
            return
        if was_wrong or began_since(former, day):
            all_of_it.change(former, {**it.after, "place": None})
            return
        all_of_it.change(former, {"end": (day - ONE_DAY).isoformat()})
        kind, start = former.kind, day.isoformat()
    row = Address(
        key=new_key(it.organisation.key),
        organisation=it.organisation,
        kind=kind,
        start=start,
        seen="" if start else day.isoformat(),
        **it.after,
    )
    all_of_it.create(row)


def write_contact(it: Correction, all_of_it: Together, day: date) -> None:
    """A person of that name is not taken to be one whom the register knows: two may have one name."""
    rows = Contact.objects.on(day).filter(organisation=it.organisation)
    if it.after["email"] and rows.filter(email=it.after["email"]).exists():
        return
    person = all_of_it.create(Person(key=new_key(), name=it.after["name"]))
    all_of_it.create(
        Contact(
            key=new_key(it.organisation.key),
            organisation=it.organisation,
            person=person,
            kind=RoleKind.CONTACT_PERSON,
            email=it.after["email"],
            phone=it.after["phone"],
            start=day.isoformat(),
        )
    )
