"""One organisation, as it was on the day that is asked about."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.contributions import panels_on
from tillit.kit.days import asked_day
from tillit.register.choices import PresenceKind
from tillit.register.dossier import Dossier
from tillit.register.rules import may_edit


@open_to(anyone)
def organisation(request: HttpRequest, key: str) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    dossier = Dossier.of(key, viewer)
    panels = panels_on(dossier.organisation.subject, viewer, day)
    return render(request, "register/organisation.html", {**shown(dossier, day), "panels": panels})


def shown(dossier: Dossier, day: date) -> dict[str, Any]:
    """What the page shows: what holds on the day first, and the rest as history."""
    presences = [row for row in dossier.presences if row.as_read.active_on(day)]
    return {
        "organisation": dossier.organisation,
        "may_edit": may_edit(dossier.viewer, dossier.organisation),
        "crumbs": [(_("Organisations"), reverse("register:organisations"))],
        "dossier": dossier,
        "citations": dossier.citations,
        "day": day,
        "exists": dossier.organisation.as_read.active_on(day),
        "name": dossier.name_on(day),
        "seats": [row for row in presences if row.kind == PresenceKind.SEAT],
        "works_in": [row for row in presences if row.kind == PresenceKind.WORKS_IN],
        "addresses": [row for row in dossier.addresses if row.as_read.active_on(day)],
        "former_addresses": [row for row in dossier.addresses if not row.as_read.active_on(day)],
        "memberships": [row for row in dossier.memberships if row.as_read.active_on(day)],
        "role_groups": dossier.roles_on(day),
        "has_assumed": any(row.is_assumed_on(day) for row in dossier.dated),
        "other_roles": dossier.other_roles(day),
    }
