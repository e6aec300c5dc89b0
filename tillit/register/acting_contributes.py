"""What who acts for whom gives to pages of others: the desk, the page of rules, one's own page."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Act, Asked, Link, Panel, Retention, Section
from tillit.register import rules
from tillit.register.choices import LADDER, Extent
from tillit.register.dossier import Dossier
from tillit.register.models import (
    Contact,
    Handover,
    Invitation,
    Mandate,
    Organisation,
    Person,
    Secretariat,
)
from tillit.register.people import key_in
from tillit.register.standing import capacity_for, mandates_of, person_of

SOON = timedelta(days=30)
LATELY = timedelta(days=7)
KEPT_DAYS = 180
MOST = 10
AREA = gettext_lazy("Who acts for whom")
OFFICE = gettext_lazy("The installation")

acts = [
    Act(gettext_lazy("See who acts for an organisation"), rules.may_see_people, AREA, 20),
    Act(
        gettext_lazy("Invite somebody who reads, edits or brings in people"),
        lambda viewer, it: rules.may_appoint(viewer, Extent.LEAD, it),
        AREA,
        21,
    ),
    Act(
        gettext_lazy("Change how far somebody acts"),
        rules.may_change_extent,
        AREA,
        22,
        of=lambda it: Mandate(organisation=it, extent=Extent.EDIT),
    ),
    Act(
        gettext_lazy("End the mandate of somebody else"),
        rules.may_end,
        AREA,
        23,
        of=lambda it: Mandate(organisation=it, extent=Extent.EDIT),
    ),
    Act(gettext_lazy("Say at which addresses it is reached"), rules.may_keep_contacts, AREA, 24),
    Act(gettext_lazy("Hand over when somebody leaves"), rules.may_hand_over, AREA, 25),
    Act(
        gettext_lazy("Invite somebody to the secretariat of its side"),
        rules.may_appoint_to,
        AREA,
        26,
        of=lambda it: it.secretariat,
    ),
    Act(gettext_lazy("Invite and end administrators"), rules.administers, OFFICE, 90),
    Act(gettext_lazy("Say who keeps the secretariats"), rules.may_name_secretariats, OFFICE, 91),
]

footer = [
    Section(gettext_lazy("Who may what"), "register:who-may-what", 30),
    Section(gettext_lazy("Secretariats"), "register:secretariats", 31),
]


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    """Invitations to answer and answers to see, addresses to confirm, mandates that end soon."""
    person = person_of(viewer)
    if viewer.account is None:
        return
    now = timezone.now()
    yield from _invitations(viewer, person, day, now)
    if person:
        yield from _functions(person, day)
        yield from _taken_over(person, day)
        yield from _ending(viewer, day)


def _invitations(
    viewer: Viewer, person: Person | None, day: date, now: datetime
) -> Iterator[Asked]:
    own = EmailAddress.objects.filter(user=viewer.account, verified=True).values("email")
    mine = Q(
        email__in=own,
        accepted_at=None,
        declined_at=None,
        withdrawn_at=None,
        expires_at__gt=now,
    )
    since = now - LATELY
    acting = Q(mandate__stopped_at=None, mandate__possible_until__gte=day)
    answered = Q(acting, accepted_at__gt=since) | Q(declined_at__gt=since)
    wanted = mine | (answered & Q(given_by=person.subject)) if person else mine
    rows = Invitation.objects.filter(wanted).select_related("organisation", "unit", "accepted_by")
    for it in rows.order_by("expires_at")[:MOST]:
        yield _answered(it, viewer) if it.is_answered else _to_answer(it)


def _to_answer(it: Invitation) -> Asked:
    return Asked(
        _("You are invited to act for %(name)s") % {"name": it.reaches},
        reverse("register:own-invitation", args=[it.key]),
        _("Answer"),
        it.get_extent_display(),
        due=timezone.localdate(it.expires_at),
    )


def _answered(it: Invitation, viewer: Viewer) -> Asked:
    words = {
        "name": it.accepted_by.name if it.accepted_by else it.name,
        "organisation": it.reaches,
    }
    if it.accepted_at:
        title = _("%(name)s now acts for %(organisation)s") % words
    else:
        title = _("%(name)s said no to acting for %(organisation)s") % words
    url, capacity = read_at(it, viewer)
    url = url or it.organisation.get_absolute_url()
    return Asked(title, url, _("See"), it.answer_reason, capacity=capacity)


def _functions(person: Person, day: date) -> Iterator[Asked]:
    rows = Contact.objects.standing(day).filter(person=person, is_function=True, confirmed_at=None)
    for it in rows.select_related("organisation")[:MOST]:
        yield Asked(
            _("You hold %(address)s now") % {"address": it.email},
            reverse("register:function", args=[it.key]),
            _("Confirm"),
            it.organisation.name,
        )


def _taken_over(person: Person, day: date) -> Iterator[Asked]:
    rows = Handover.objects.filter(successor=person, last_day__gte=day - SOON)
    for it in rows.select_related("organisation")[:MOST]:
        yield Asked(
            _("You take over at %(name)s") % {"name": it.organisation.name},
            it.get_absolute_url(),
            _("Read the note") if it.note else _("See"),
        )


def _ending(viewer: Viewer, day: date) -> Iterator[Asked]:
    """Mandates that run out within a month, for those who lead the organisation itself.

    Nothing is asked of what somebody has ended or handed over, nor of what goes on by another mandate.
    """
    led = [
        it.organisation_id
        for it in mandates_of(viewer)
        if it.extent in {Extent.LEAD, Extent.SECRETARIAT} and it.unit_id is None
    ]
    if not led:
        return
    rows = Mandate.objects.visible_to(viewer).standing(day)
    goes_on = Mandate.objects.lasting(day).filter(
        person=OuterRef("person"),
        organisation=OuterRef("organisation"),
        certain_until__gt=OuterRef("certain_until"),
    )
    soon = rows.filter(
        ~Exists(goes_on),
        organisation__in=led,
        extent__in=LADDER,
        certain_until__lte=day + SOON,
        ended_by="",
    )
    for it in soon.select_related("organisation__secretariat", "person", "unit")[:MOST]:
        yield Asked(
            _("The mandate of %(name)s ends") % {"name": it.person.name},
            once_more(it),
            _("Extend"),
            it.reaches,
            due=it.certain_until,
            capacity=capacity_for(viewer, rules.may_lead, it.organisation),
        )


def once_more(it: Mandate) -> str:
    """The page where its holder is invited to the same once more, from the day after its last."""
    said = {"name": it.person.name, "extent": it.extent, "unit": it.unit.key if it.unit else ""}
    return f"{reverse('register:invite', args=[it.organisation.key])}?{urlencode(said)}"


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """On an organisation's page the way to who acts for it; on a person's what the person holds."""
    if viewer.account is None:
        return
    if key := key_in(subject, Organisation.noun):
        yield from _on_organisation(key, viewer)
    elif key := key_in(subject, Person.noun):
        yield from _on_person(key, viewer, day)


def _on_organisation(key: str, viewer: Viewer) -> Iterator[Panel]:
    organisation = Dossier.of(key, viewer).organisation
    if rules.may_see_people(viewer, organisation):
        content = {
            "organisation": organisation,
            "may_invite": rules.may_invite_to(viewer, organisation),
        }
        template = "register/mandates/panel.html"
        yield Panel(gettext_lazy("Who acts for it"), template, content, order=55)


def _on_person(key: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    rows = Mandate.objects.visible_to(viewer).standing(day).filter(person__key=key)
    held = list(rows.select_related("organisation__secretariat", "unit", "person"))
    led = [it for it in held if rules.may_hand_over(viewer, it.organisation)]
    if held:
        organisations = {it.organisation.key: it.organisation for it in led}
        content = {"held": held, "person_key": key, "led": list(organisations.values())}
        yield Panel(
            gettext_lazy("Acts for"), "register/mandates/person_panel.html", content, order=55
        )


SHOWN: dict[Any, tuple[str, ...]] = {
    Mandate: ("organisation", "unit", "person"),
    Contact: ("organisation", "person"),
    Invitation: ("organisation", "unit"),
    Handover: ("organisation",),
    Secretariat: ("organisation",),
}


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    """Title and page of these rows among the subjects, and of persons who are in no public role."""
    found: dict[str, Link] = {}
    for model, related in SHOWN.items():
        keys = [key for key in (key_in(it, model.noun) for it in subjects) if key]
        if keys:
            rows = model.objects.visible_to(viewer).filter(key__in=keys).select_related(*related)
            found |= {row.subject: Link(titled(row), page_of(row, viewer)) for row in rows}
    return found


def people_links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    """Those who act for organisations whose own matters the viewer reads. They have no page."""
    keys = [key for key in (key_in(it, Person.noun) for it in subjects) if key]
    if not keys or viewer.account is None:
        return {}
    rows = Person.objects.known_to(viewer).filter(key__in=keys)
    return {it.subject: Link(it.name, "") for it in rows}


def titled(row: Any) -> str:
    match row:
        case Mandate():
            return f"{row.person.name}: {row.kind_in_words}, {row.reaches}"
        case Contact():
            return f"{row}, {row.organisation.name}"
        case Invitation():
            words = {"name": row.name, "organisation": row.reaches}
            return _("Invitation to %(name)s, %(organisation)s") % words
        case Handover():
            return _("Hand-over at %(name)s") % {"name": row.organisation.name}
    return str(row)


def page_of(row: Any, viewer: Viewer) -> str:
    if isinstance(row, Handover | Secretariat):
        return row.get_absolute_url()
    return read_at(row, viewer)[0]


def read_at(row: Any, viewer: Viewer) -> tuple[str, str]:
    """The page where the viewer reads of a mandate, an invitation or an address, and in which capacity.

    Empty when there is none: administrators see who administers, and not who acts for others.
    """
    extent = getattr(row, "extent", "")
    if extent == Extent.ADMINISTER:
        capacity = capacity_for(viewer, rules.administers)
        return (reverse("register:administrators") if capacity else ""), capacity
    if capacity := capacity_for(viewer, rules.may_see_people, row.organisation):
        return reverse("register:people", args=[row.organisation.key]), capacity
    return (reverse("register:secretariats") if extent == Extent.SECRETARIAT else ""), ""


def purge_invitations(today: date) -> int:
    """Those that were sent long ago, and that no mandate rests on."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    before = midnight - timedelta(days=KEPT_DAYS)
    rows = Invitation.objects.filter(sent_at__lt=before, expires_at__lt=midnight)
    return int(rows.filter(accepted_at=None).delete()[0]) + _emptied(rows)


def _emptied(rows: Any) -> int:
    """Of what came to a yes stays that it did; the mandate tells who it was."""
    accepted = rows.exclude(accepted_at=None).exclude(email=NO_ADDRESS)
    return int(accepted.update(email=NO_ADDRESS, name="", note="", answer_reason=""))


NO_ADDRESS = "nobody@invalid.invalid"  # a name that no mail ever goes to

retentions = [
    Retention(
        "invitations",
        gettext_lazy("Invitations to act for an organisation"),
        gettext_lazy(
            "Counted from when they were sent. Those that came to nothing are erased; of the others "
            "stays that they were accepted."
        ),
        KEPT_DAYS,
        purge_invitations,
    )
]
