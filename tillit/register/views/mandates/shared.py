"""What these pages have in common."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.accounts.models import User
from tillit.kit.access import insist, viewer_of
from tillit.kit.circles import Viewer
from tillit.register.crumbs import Crumbs, crumbs_of
from tillit.register.models import Invitation, Mandate, Organisation, Person, Secretariat
from tillit.register.rules import may_see_people

MOST = 100


def organisation_for(request: HttpRequest, key: str, rule: Any) -> tuple[Organisation, Viewer]:
    """The organisation, for whom the rule lets in. Raises Http404 and InAnotherCapacity."""
    viewer = viewer_of(request)
    rows = Organisation.objects.visible_to(viewer).select_related("secretariat__organisation")
    organisation = get_object_or_404(rows, key=key)
    insist(viewer, rule, organisation)
    return organisation, viewer


def crumbs_for(viewer: Viewer, organisation: Organisation) -> Crumbs:
    """As far as the viewer may go: who brings in people doesn't always see who is there."""
    if may_see_people(viewer, organisation):
        return crumbs_to_people(organisation)
    return crumbs_of(organisation)


def crumbs_to_people(organisation: Organisation) -> Crumbs:
    return [
        *crumbs_of(organisation),
        (_("Who acts for it"), reverse("register:people", args=[organisation.key])),
    ]


def acting(
    viewer: Viewer, organisation: Organisation, day: Any, *, without: Person | None = None
) -> list[Person]:
    """The persons who act for it on the day, by name, as far as the viewer may know."""
    mandates = Mandate.objects.visible_to(viewer).standing(day).filter(organisation=organisation)
    found = Person.objects.filter(pk__in=mandates.values("person")).order_by("sort_key", "key")
    return [person for person in found if person != without]


def unanswered(viewer: Viewer, **of: Any) -> list[Invitation]:
    """Invitations that nobody has answered, each with how its mail fared, the latest first."""
    rows = Invitation.objects.visible_to(viewer).unanswered().with_mail().filter(**of)
    return list(rows.select_related("organisation", "unit").order_by("-sent_at")[:MOST])


def secretariat_of(organisation: Organisation, day: Any) -> Secretariat | None:
    """The secretariat that the organisation keeps on the day, if any."""
    found: Secretariat | None = organisation.secretariats.on(day).order_by("-pk").first()
    return found


def user_of(request: HttpRequest) -> User | None:
    """The account that has signed in, if any."""
    return request.user if isinstance(request.user, User) else None
