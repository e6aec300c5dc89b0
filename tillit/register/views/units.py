"""The units inside an organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of
from tillit.kit.contributions import panels_on
from tillit.kit.days import asked_day
from tillit.register.crumbs import crumbs_of
from tillit.register.models import Organisation, Role, Unit
from tillit.register.rules import may_edit

MOST_PARTS = 200


@open_to(anyone)
def unit_list(request: HttpRequest, key: str) -> HttpResponse:
    """What an organisation consists of: its units on the day, the others as history, and its parts."""
    viewer, day = viewer_of(request), asked_day(request)
    organisation = get_object_or_404(Organisation.objects.visible_to(viewer), key=key)
    units = list(organisation.units.visible_to(viewer).select_related("parent", "organisation"))
    context = {
        "organisation": organisation,
        "crumbs": crumbs_of(organisation),
        "day": day,
        "units": [unit for unit in units if unit.as_read.active_on(day)],
        "other_units": [unit for unit in units if not unit.as_read.active_on(day)],
        "parts": organisation.parts.visible_to(viewer)
        .on(day)
        .order_by("sort_key", "key")[:MOST_PARTS],
        "citations": citations_of((unit.subject for unit in units), viewer),
        **to_edit(organisation, viewer),
    }
    return render(request, "register/units.html", context)


def to_edit(organisation: Organisation, viewer: Viewer) -> dict[str, str]:
    """The way on where there are no units yet, for those who may enter them."""
    if not may_edit(viewer, organisation):
        return {}
    url = reverse("register:edit", args=[organisation.key])
    return {"empty_url": url, "empty_action": _("Edit")}


@open_to(anyone)
def unit(request: HttpRequest, key: str, unit: str) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    rows = Unit.objects.visible_to(viewer).select_related("organisation", "parent__organisation")
    found = get_object_or_404(
        rows.filter(organisation__circle__in=viewer.circles),
        key__in=[f"{key}.{unit}", unit],
        organisation__key=key,
    )
    roles = list(
        Role.objects.visible_to(viewer).filter(unit=found).select_related("person", "represents")
    )
    parts = list(found.parts.visible_to(viewer).select_related("organisation"))
    context = {
        "unit": found,
        "crumbs": [
            *crumbs_of(found.organisation),
            (_("Units"), reverse("register:units", args=[key])),
        ],
        "day": day,
        "roles": sorted((r for r in roles if r.as_read.active_on(day)), key=lambda role: role.rank),
        "other_roles": [role for role in reversed(roles) if not role.as_read.active_on(day)],
        "parts": parts,
        "citations": citations_of((row.subject for row in [found, *roles, *parts]), viewer),
        "panels": panels_on(found.subject, viewer, day),
    }
    return render(request, "register/unit.html", context)
