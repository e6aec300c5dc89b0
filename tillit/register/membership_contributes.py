"""What memberships give to the desk, to the page of rules, to the privacy pages and to organisations."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.circles import Viewer
from tillit.kit.contributions import (
    ERASED,
    Act,
    Asked,
    Link,
    OwnData,
    Panel,
    Retention,
    addresses_of,
)
from tillit.kit.personal.traces import start_of
from tillit.register.applying import CONFIRM_WITHIN
from tillit.register.dossier import Dossier
from tillit.register.models import (
    Application,
    MembershipDecision,
    Organisation,
    Resignation,
    Supplement,
)
from tillit.register.models.application import SETTLED, ApplicationState
from tillit.register.rules import may_decide_membership, may_resign
from tillit.register.standing import capacity_for, mandates_of

KEPT_DAYS = 365
AREA = gettext_lazy("Memberships")
ERASED_TEXT: dict[str, Any] = {
    "contact_name": "",
    "contact_email": "",
    "contact_phone": "",
    "why": "",
    "applicant": "",
    "token_seed": "",
    "token_hash": None,
}

acts = [
    Act(gettext_lazy("Say who may apply for membership"), may_decide_membership, AREA, 40),
    Act(gettext_lazy("Decide on applications for membership"), may_decide_membership, AREA, 41),
    Act(gettext_lazy("End a membership, or take a decision back"), may_decide_membership, AREA, 42),
    Act(gettext_lazy("Leave an umbrella"), may_resign, AREA, 43),
]


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    """What the offices of umbrellas that the viewer works in have to decide."""
    if not mandates_of(viewer):
        return
    applications = Application.objects.visible_to(viewer).to_decide()
    for it in applications.select_related("umbrella__secretariat").order_by("confirmed_at")[:20]:
        if capacity := capacity_for(viewer, may_decide_membership, it.umbrella):
            yield Asked(
                _("%(name)s applies for membership") % {"name": it.name},
                it.get_absolute_url(),
                _("Decide"),
                it.umbrella.name,
                capacity=capacity,
            )
    leaving = Resignation.objects.visible_to(viewer).open()
    for row in leaving.select_related("umbrella__secretariat", "membership__member")[:20]:
        if capacity := capacity_for(viewer, may_decide_membership, row.umbrella):
            yield Asked(
                _("%(name)s leaves") % {"name": row.member.name},
                reverse("register:membership-ending", args=[row.umbrella.key, row.member.key]),
                _("Note the end"),
                row.umbrella.name,
                due=row.last_day,
                capacity=capacity,
            )


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """To those who act for an organisation: what was decided of its memberships, and how to leave."""
    if subject not in viewer.circles or not subject.startswith(f"{Organisation.noun}:"):
        return
    dossier = Dossier.of(subject.partition(":")[2], viewer)
    found = [row for row in dossier.memberships if row.as_read.active_on(day)]
    if found:
        yield Panel(
            gettext_lazy("Your memberships"),
            "register/membership/panel.html",
            {"own_memberships": found, "member": dossier.organisation},
            order=60,
        )


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    found: dict[str, Link] = {}
    for model in (Application, MembershipDecision, Resignation):
        keys = [key for noun, _colon, key in map(parted, subjects) if noun == model.noun]
        if not keys:
            continue
        rows: Any = model.objects.visible_to(viewer).filter(key__in=keys)
        for row in rows.select_related(*RELATED[model]):
            found[row.subject] = Link(titled(row), address(row))
    return found


def parted(subject: str) -> tuple[str, str, str]:
    return subject.partition(":")


RELATED: dict[Any, tuple[str, ...]] = {
    Application: ("umbrella",),
    MembershipDecision: ("umbrella", "member", "application__umbrella"),
    Resignation: ("umbrella", "membership__member"),
}


def titled(row: Any) -> str:
    match row:
        case Application():
            return _("%(name)s: application for membership") % {"name": row.name}
        case MembershipDecision():
            who = row.member or row.application or row.umbrella
            return f"{who}: {row.get_kind_display().lower()}"
    return _("%(name)s: notice of leaving") % {"name": row.member}


def address(row: Any) -> str:
    if isinstance(row, Resignation):
        return reverse("register:membership", args=[row.umbrella.key, row.member.key])
    return str(row.get_absolute_url())


def purge_unconfirmed(today: date) -> int:
    """Applications whose address nobody has confirmed. They may have been written by anybody."""
    before = start_of(today) - CONFIRM_WITHIN
    rows = Application.objects.filter(state=ApplicationState.UNCONFIRMED, applied_at__lt=before)
    return int(rows.delete()[0])


def purge_settled(today: date) -> int:
    """What settled applications say of people, and the letters to and fro."""
    before = start_of(today) - timedelta(days=KEPT_DAYS)
    rows = Application.objects.filter(
        state__in=SETTLED, settled_at__lt=before, emptied_at__isnull=True
    )
    return empty([row.pk for row in rows.only("pk")])


def empty(applications: Sequence[int]) -> int:
    """Forget who applied. That an organisation did, and what came of it, stays."""
    Supplement.objects.filter(application__in=applications).delete()
    rows = Application.objects.filter(pk__in=applications)
    return int(rows.update(**ERASED_TEXT, emptied_at=timezone.now()))


retentions = [
    Retention(
        "applications-unconfirmed",
        gettext_lazy("Applications for membership that nobody has confirmed"),
        gettext_lazy("Somebody wrote them, and did not press the link that was sent."),
        CONFIRM_WITHIN.days,
        purge_unconfirmed,
    ),
    Retention(
        "applications",
        gettext_lazy("Who applied for membership, and what was written to and fro"),
        gettext_lazy("Counted from the decision. That the organisation applied stays."),
        KEPT_DAYS,
        purge_settled,
    ),
]


def of_person(person: str, account: int | None) -> Q:
    """The applications that a person has signed, or that give an address of theirs."""
    mine = Q(contact_email__in=addresses_of(person, account))
    return mine | Q(applicant=person) if person else mine


def own_rows(person: str, account: int | None) -> list[dict[str, Any]]:
    rows = Application.objects.filter(of_person(person, account)).select_related("umbrella")
    return [
        {
            "at": it.applied_at,
            "organisation": it.name,
            "umbrella": it.umbrella.name,
            "name": it.contact_name,
            "email": it.contact_email,
            "phone": it.contact_phone,
            "why": it.why,
            "state": str(it.get_state_display()),
        }
        for it in rows
    ]


def own_data(person: str, account: int | None) -> Iterator[OwnData]:
    yield OwnData(
        title=gettext_lazy("Applications for membership in which you are the contact person"),
        name="applications",
        why=gettext_lazy("So that the umbrella can decide, and tell the applicant."),
        rows=lambda: own_rows(person, account),
        labels={
            "at": gettext_lazy("When"),
            "organisation": gettext_lazy("Organisation"),
            "umbrella": gettext_lazy("Umbrella"),
            "name": gettext_lazy("Name"),
            "email": gettext_lazy("E-mail"),
            "phone": gettext_lazy("Phone"),
            "why": gettext_lazy("Why"),
            "state": gettext_lazy("State"),
        },
        ground=gettext_lazy("Legitimate interest: an application needs somebody to answer it to."),
        seen_by=gettext_lazy("The umbrella's office."),
        kept_for=gettext_lazy("A year after the decision."),
        remains=gettext_lazy("That the organisation applied, when, and what was decided."),
        erase=lambda: erase_applications(person, account),
    )


def erase_applications(person: str, account: int | None) -> int:
    rows = Application.objects.filter(of_person(person, account), emptied_at__isnull=True)
    return empty([row.pk for row in rows.only("pk")])


def erase(person: str, account: int | None) -> int:
    """What the person applied for, and that they noted decisions or asked questions."""
    count = erase_applications(person, account)
    if person:
        count += MembershipDecision.objects.filter(noted_by=person).update(noted_by=ERASED)
        count += Resignation.objects.filter(asked_by=person).update(asked_by=ERASED)
        count += Supplement.objects.filter(asked_by=person).update(asked_by=ERASED)
    return int(count)
