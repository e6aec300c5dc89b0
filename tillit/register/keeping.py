"""What the register keeps of a person, part by part, and how each part goes."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.accounts import owners
from tillit.kit.contributions import ERASED, OwnData, Rows, addresses_of
from tillit.kit.days import today
from tillit.kit.models import Citation
from tillit.kit.personal.traces import actors
from tillit.register.actions.mandates import keep_offices_without
from tillit.register.choices import ELECTED, Sector
from tillit.register.models import (
    Contact,
    Handover,
    Invitation,
    Mandate,
    Person,
    Proposal,
    Role,
)
from tillit.register.proposing import KEPT_DAYS

OFFICE = Q(kind__in=ELECTED, organisation__sector=Sector.PUBLIC)
PUBLIC_TASK = _("Public interest: whoever stands behind an agreement shall be known.")
ACTING = _("Legitimate interest: an organisation must be reached, and know who acts for it.")
KNOWN_TO_BOTH = _("The organisation, and the secretariat that looks after it.")
PERIOD = {"organisation": _("Organisation"), "from": _("From"), "until": _("Until")}


def key_of(person: str) -> str:
    return person.partition(":")[2]


def person_rows(person: str) -> Rows:
    return [
        {
            "name": it.name,
            "key": it.key,
            "protected": it.protected,
            "has_account": it.account_id is not None,
            "sources": sources_of([it.subject]).get(it.subject, []),
        }
        for it in Person.objects.filter(key=key_of(person))
    ]


def sources_of(subjects: list[str]) -> dict[str, list[str]]:
    """What the rows rest on, in words."""
    found: dict[str, list[str]] = {}
    for it in Citation.objects.filter(subject__in=subjects).select_related("source"):
        found.setdefault(it.subject, []).append(str(it))
    return found


def roles_of(person: str) -> Any:
    return Role.objects.filter(person__key=key_of(person))


def role_rows(roles: Any) -> Rows:
    rows = list(roles.select_related("organisation", "unit").order_by("certain_from", "pk"))
    cited = sources_of([it.subject for it in rows])
    return [
        {
            "organisation": it.organisation.name,
            "unit": it.unit.name if it.unit else "",
            "role": it.get_kind_display(),
            "title": it.title,
            "party": it.party,
            "from": it.start,
            "until": it.end,
            "sources": cited.get(it.subject, []),
        }
        for it in rows
    ]


def contacts_of(person: str) -> Any:
    return Contact.objects.filter(person__key=key_of(person))


def contact_rows(person: str, account: int | None) -> Rows:
    """The person's, and those of organisations that have given an address of the person's account."""
    rows = contacts_of(person) | Contact.objects.filter(email__in=owners.addresses_of(account))
    return [
        {
            "organisation": it.organisation.name,
            "role": it.get_kind_display(),
            "email": it.email,
            "phone": it.phone,
            "language": it.language,
            "of_a_function": it.is_function,
            "gets_letters": it.gets_letters,
            "from": it.start,
            "until": it.end,
        }
        for it in rows.select_related("organisation").order_by("pk")
    ]


def erase_contacts(person: str) -> int:
    """One's own go. The address of a function stays with its organisation, and leads to nobody."""
    of_functions = contacts_of(person).filter(is_function=True)
    count = of_functions.update(person=None, phone="", confirmed_at=None)
    return int(count + contacts_of(person).delete()[0])


def mandate_rows(person: str) -> Rows:
    rows = Mandate.objects.filter(person__key=key_of(person))
    return [
        {
            "organisation": it.organisation.name,
            "unit": it.unit.name if it.unit else "",
            "extent": it.get_extent_display(),
            "from": it.start,
            "until": it.end,
            "given_by": it.given_by,
            "accepted_at": it.accepted_at,
            "stopped_at": it.stopped_at,
            "reason": it.end_reason,
        }
        for it in rows.select_related("organisation", "unit").order_by("pk")
    ]


def erase_mandates(person: str) -> int:
    """Raises Refused when nobody would be left who keeps the installation running."""
    keep_offices_without(key_of(person), today())
    return int(Mandate.objects.filter(person__key=key_of(person)).delete()[0])


def invitations_of(person: str, account: int | None) -> Any:
    """Those to the person, by row or by an address that is the person's alone."""
    key = key_of(person)
    mine = Q(email__in=addresses_of(person, account))
    mine |= Q(person__key=key) | Q(accepted_by__key=key)
    return Invitation.objects.filter(mine) if key or account else Invitation.objects.none()


def invitation_rows(person: str, account: int | None) -> Rows:
    return [
        {
            "organisation": it.organisation.name,
            "email": it.email,
            "name": it.name,
            "extent": it.get_extent_display(),
            "sent_at": it.sent_at,
            "accepted_at": it.accepted_at,
            "declined_at": it.declined_at,
            "withdrawn_at": it.withdrawn_at,
            "reason": it.answer_reason,
            "note": it.note,
        }
        for it in invitations_of(person, account).select_related("organisation").order_by("pk")
    ]


def handovers_of(person: str) -> Any:
    key = key_of(person)
    return Handover.objects.filter(Q(leaver__key=key) | Q(successor__key=key))


def handover_rows(person: str) -> Rows:
    return [
        {
            "organisation": it.organisation.name,
            "last_day": it.last_day,
            "left": it.leaver is not None and it.leaver.subject == person,
            "note": it.note,
        }
        for it in handovers_of(person)
        .select_related("organisation", "leaver")
        .order_by("done_at", "pk")
    ]


def erase_handovers(person: str) -> int:
    key = key_of(person)
    count = handovers_of(person).update(note="", fates=[])
    Handover.objects.filter(leaver__key=key).update(leaver=None)
    Handover.objects.filter(successor__key=key).update(successor=None)
    return int(count)


def proposal_rows(person: str, account: int | None) -> Rows:
    rows = proposals_of(person, account)
    return [
        {
            "organisation": it.organisation.name,
            "at": it.proposed_at,
            "values": it.values,
            "reason": it.reason,
            "accepted_at": it.accepted_at,
            "declined_at": it.declined_at,
            "answer": it.answer,
        }
        for it in rows.select_related("organisation").order_by("proposed_at", "pk")
    ]


def erase_proposals(person: str, account: int | None) -> int:
    answered = Proposal.objects.filter(decided_by__in=actors(person, account))
    rows = proposals_of(person, account)
    return int(rows.update(proposer=ERASED, reason="") + answered.update(decided_by=ERASED))


def proposals_of(person: str, account: int | None) -> Any:
    """Those of the person, and of the account while it was nobody yet."""
    return Proposal.objects.filter(proposer__in=actors(person, account))


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=_("Who you are in the register"),
        name="person",
        why=_("So that those who act for organisations can be told apart and be shown."),
        rows=lambda: person_rows(person),
        labels={
            "name": _("Name"),
            "key": _("In addresses"),
            "protected": _("Protected"),
            "has_account": _("Has an account"),
            "sources": _("Sources"),
        },
        ground=PUBLIC_TASK,
        seen_by=_("Everybody, if you have a role in public and are not protected."),
        kept_for=_("Until you ask to be erased."),
        correct="privacy:correct",
    )
    yield from _roles(person)
    yield from _acting(person, account)
    yield from _deeds(person, account)


def _roles(person: str) -> Iterator[OwnData]:
    labels = {
        **PERIOD,
        "unit": _("Unit"),
        "role": _("Role"),
        "title": _("Title"),
        "party": _("Party"),
        "sources": _("Sources"),
    }
    offices, roles = roles_of(person).filter(OFFICE), roles_of(person).exclude(OFFICE)
    yield OwnData(
        title=_("Offices in public that you have been elected to"),
        name="offices",
        why=_("So that it can be seen who has answered for what, on each day."),
        rows=lambda: role_rows(offices),
        labels=labels,
        ground=PUBLIC_TASK,
        seen_by=_("Everybody."),
        kept_for=_("As long as the source is kept, unless it is decided that they be erased."),
        remains=_("They may be kept with your name, if public interest weighs heavier."),
        erase=lambda: offices.delete()[0],
    )
    yield OwnData(
        title=_("Your other roles"),
        name="roles",
        why=_("So that it can be seen who stands behind an organisation, on each day."),
        rows=lambda: role_rows(roles),
        labels=labels,
        ground=PUBLIC_TASK,
        seen_by=_("Everybody, unless you or the organisation is protected."),
        kept_for=_("Until you ask to be erased."),
        erase=lambda: roles.delete()[0],
    )


def _acting(person: str, account: int | None) -> Iterator[OwnData]:
    yield _contacts(person, account)
    yield _mandates(person)
    yield _invitations(person, account)


def _contacts(person: str, account: int | None) -> OwnData:
    return OwnData(
        title=_("How you are reached"),
        name="contacts",
        why=_("So that your organisation can be reached."),
        rows=lambda: contact_rows(person, account),
        labels={
            **PERIOD,
            "role": _("Role"),
            "email": _("E-mail"),
            "phone": _("Phone"),
            "language": _("Language"),
            "of_a_function": _("Belongs to the role"),
            "gets_letters": _("Gets letters"),
        },
        ground=ACTING,
        seen_by=KNOWN_TO_BOTH,
        kept_for=_("As long as you are a contact person, and for the history after that."),
        remains=_(
            "The address of a function, or that others use too, stays with the organisation."
        ),
        erase=lambda: erase_contacts(person),
    )


def _mandates(person: str) -> OwnData:
    return OwnData(
        title=_("For whom you act"),
        name="mandates",
        why=_("So that you get in where you shall, and nobody else does."),
        rows=lambda: mandate_rows(person),
        labels={
            **PERIOD,
            "unit": _("Unit"),
            "extent": _("Extent"),
            "given_by": _("Given by"),
            "accepted_at": _("Accepted"),
            "stopped_at": _("Stopped"),
            "reason": _("Reason"),
        },
        ground=ACTING,
        seen_by=KNOWN_TO_BOTH,
        kept_for=_("As long as they hold, and for the history after that."),
        erase=lambda: erase_mandates(person),
    )


def _invitations(person: str, account: int | None) -> OwnData:
    return OwnData(
        title=_("Invitations to you"),
        name="invitations",
        why=_("So that you can answer them, and it can be seen who let you in."),
        rows=lambda: invitation_rows(person, account),
        labels={
            "organisation": _("Organisation"),
            "email": _("E-mail"),
            "name": _("Name"),
            "extent": _("Extent"),
            "sent_at": _("Sent"),
            "accepted_at": _("Accepted"),
            "declined_at": _("Declined"),
            "withdrawn_at": _("Withdrawn"),
            "reason": _("Reason"),
            "note": _("Message"),
        },
        ground=ACTING,
        seen_by=KNOWN_TO_BOTH,
        kept_for=_("As long as the mandate that came of it."),
        erase=lambda: invitations_of(person, account).delete()[0],
    )


def _deeds(person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=_("What you have handed over or taken over"),
        name="handovers",
        why=_("So that nothing is lost when somebody leaves."),
        rows=lambda: handover_rows(person),
        labels={
            "organisation": _("Organisation"),
            "last_day": _("Last day"),
            "left": _("You left"),
            "note": _("Note to the successor"),
        },
        ground=ACTING,
        seen_by=_("The organisation, its secretariat and the successor."),
        kept_for=_("Until one of you asks to be erased."),
        remains=_("That something was handed over, and when."),
        erase=lambda: erase_handovers(person),
    )
    yield OwnData(
        title=_("What you have proposed"),
        name="proposals",
        why=_("So that it can be decided on, and you see what became of it."),
        rows=lambda: proposal_rows(person, account),
        labels={
            "organisation": _("Organisation"),
            "at": _("When"),
            "values": _("What"),
            "reason": _("Reason"),
            "accepted_at": _("Accepted"),
            "declined_at": _("Declined"),
            "answer": _("The answer"),
        },
        ground=_("Legitimate interest: whoever proposes something wants an answer."),
        seen_by=_("Those who decide on it."),
        kept_for=_("%(days)s days from the answer.") % {"days": KEPT_DAYS},
        remains=_("What was proposed and decided, without who proposed it."),
        erase=lambda: erase_proposals(person, account),
    )


def erase(person: str, account: int | None) -> int:
    """All of it, and the person at last."""
    parts = reversed(list(own_data(person, account)))  # addresses last: by them others are found
    count = sum(it.erase() for it in parts if it.erase)
    return int(count + Person.objects.filter(key=key_of(person)).delete()[0])
