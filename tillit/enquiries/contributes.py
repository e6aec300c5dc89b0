"""What enquiries give to the whole."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.enquiries import demo, keeping, waiting
from tillit.enquiries.models import Asked, Correction, Enquiry, Question
from tillit.enquiries.rules import may_answer, may_ask_members, may_take_over
from tillit.enquiries.sending import TOPIC
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Act, Audience, Contributions, Link, Panel
from tillit.kit.days import today
from tillit.register.dossier import Dossier
from tillit.register.members import is_umbrella
from tillit.register.models import Organisation
from tillit.register.standing import capacity_for, chosen_mandate

AREA = _("Yearly questions")


def panels(subject: str, viewer: Viewer, day: date) -> Iterator[Panel]:
    """On the page of one's own organisation: what it asks its members, and what it is asked."""
    noun, _colon, key = subject.partition(":")
    if noun != Organisation.noun or subject not in viewer.circles:
        return
    dossier = Dossier.of(key, viewer)
    asks = asks_members(dossier, viewer)
    own = Enquiry.objects.visible_to(viewer).filter(umbrella__key=key)
    content = {
        "own_enquiries": list(own[:3]) if asks else [],
        "waiting_for_us": waiting_for(dossier, viewer, day) if dossier.memberships else [],
        "asks_members": key if asks else "",
    }
    if any(content.values()):
        yield Panel(AREA, "enquiries/panel.html", content, order=61)


def asks_members(dossier: Dossier, viewer: Viewer) -> bool:
    """Whether the organisation has members to ask and the viewer may ask them."""
    it: Any = dossier.organisation
    return bool(it.member_count and capacity_for(viewer, may_ask_members, it))


def waiting_for(dossier: Dossier, viewer: Viewer, day: date) -> list[Asked]:
    """What the organisation is asked and the viewer may answer."""
    it = dossier.organisation
    if not capacity_for(viewer, may_answer, it):
        return []
    rows = Asked.objects.filter(member=it).open().waited_for(day)
    return list(rows.select_related("enquiry", "umbrella", "member"))


NAMED: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (Enquiry, ()),
    (Question, ("enquiry",)),
    (Asked, ("enquiry", "member")),
    (Correction, ("asked__enquiry", "organisation")),
)


def links(subjects: Sequence[str], viewer: Viewer) -> Mapping[str, Link]:
    found: dict[str, Link] = {}
    parts = [it.partition(":") for it in subjects]
    for model, related in NAMED:
        keys = [key for noun, _colon, key in parts if noun == model.noun]
        if keys:
            rows = model.objects.visible_to(viewer).filter(key__in=keys)
            rows = rows.select_related(*related) if related else rows
            found |= {row.subject: Link(str(row), page_of(row)) for row in rows}
    return found


def page_of(row: Any) -> str:
    return str(
        row.enquiry.get_absolute_url() if isinstance(row, Question) else row.get_absolute_url()
    )


def confirmed(subject: str, viewer: Viewer, day: date) -> Mapping[str, date]:
    """When the members of an umbrella last looked through their contact persons."""
    noun, _colon, key = subject.partition(":")
    if noun != Organisation.noun:
        return {}
    rows = Asked.objects.visible_to(viewer).filter(umbrella__key=key, contacts_at__isnull=False)
    latest = rows.order_by().values("member__key").annotate(at=Max("contacts_at"))
    return {
        f"{Organisation.noun}:{it['member__key']}": timezone.localdate(it["at"]) for it in latest
    }


def audiences(viewer: Viewer) -> Iterable[Audience]:
    return waiting.audiences(viewer, today())


def correction_of(organisation: Any) -> Correction:
    """A correction of the organisation's website, for the page that tells the rules."""
    return Correction(organisation=organisation, what="web")


def ways(viewer: Viewer) -> Iterator[Link]:
    """An umbrella asks its members."""
    mandate = chosen_mandate(viewer)
    if mandate is None or mandate.unit_id:
        return
    if may_ask_members(viewer, mandate.organisation) and is_umbrella(mandate.organisation, viewer):
        key = mandate.organisation.key
        yield Link(str(AREA), reverse("enquiries:enquiries", args=[key]))


contributions = Contributions(
    ways=ways,
    panels=panels,
    links=links,
    mail_topics={TOPIC: _("The yearly question to members")},
    asked=waiting.asked,
    audiences=audiences,
    confirmed=confirmed,
    acts=[
        Act(_("Write the yearly question, and open it to the members"), may_ask_members, AREA, 50),
        Act(_("See who has answered, and remind"), may_ask_members, AREA, 51),
        Act(_("Answer for a member when signed in"), may_answer, AREA, 52),
        Act(_("Take over what a member corrects"), may_take_over, AREA, 53, of=correction_of),
        Act(_("Publish the figures"), may_ask_members, AREA, 54),
    ],
    retentions=[keeping.RETENTION],
    own_data=keeping.own_data,
    erase=keeping.erase,
    populate=demo.populate,
)
