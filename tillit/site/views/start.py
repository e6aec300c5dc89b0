"""The start page: both parties, what stands now, where, and what has happened."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of
from tillit.kit.contributions import timeline_of, until
from tillit.kit.days import asked_day
from tillit.register.choices import PlaceKind
from tillit.register.geography import county_map
from tillit.register.members import MembersOn
from tillit.register.models import Organisation
from tillit.site.models import Installation

LATEST = 6


@open_to(anyone)
def start(request: HttpRequest) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    installation = (
        Installation.objects.visible_to(viewer).select_related("civil", "public", "place").first()
    )
    context = {
        "day": day,
        "installation": installation,
        "organisation_count": Organisation.objects.visible_to(viewer).on(day).count(),
        "moments": until(timeline_of("", viewer), day)[:LATEST],
        **home(installation, viewer, day),
        **(parties(installation, viewer, day) if installation else {}),
    }
    return render(request, "site/start.html", context)


def home(installation: Installation | None, viewer: Viewer, day: date) -> dict[str, Any]:
    """The map of the county that the agreement is about, if it is about one."""
    if (
        installation is None
        or installation.place is None
        or installation.place.kind != PlaceKind.COUNTY
    ):
        return {}
    drawn, rows = county_map(installation.place, viewer, day)
    return {"map": drawn, "rows": rows}


def parties(installation: Installation, viewer: Viewer, day: date) -> dict[str, Any]:
    """The two sides as equals, and the members behind the one that represents a sector."""
    members = MembersOn(installation.civil, viewer, day)
    return {
        "civil": {
            "label": _("Civil society"),
            "title": installation.civil_title,
            "text": installation.civil_text,
            "url": page_of(installation.civil, viewer),
        },
        "public": {
            "label": _("Public sector"),
            "title": installation.public_title,
            "text": installation.public_text,
            "url": page_of(installation.public, viewer),
        },
        "members": members,
        "members_url": reverse("register:members", args=[installation.civil.key]),
        "citations": citations_of(
            [installation.subject, *(figure.subject for figure in members.stated)], viewer
        ),
    }


def page_of(organisation: Organisation, viewer: Viewer) -> str:
    return organisation.get_absolute_url() if organisation.circle in viewer.circles else ""
