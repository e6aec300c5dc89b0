"""The start page: both parties, what stands now, where, and what has happened."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements.reading import Reading
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of
from tillit.kit.days import asked_day
from tillit.register.choices import PlaceKind, Side
from tillit.register.geography import county_map
from tillit.register.members import MembersOn
from tillit.register.models import Organisation
from tillit.register.rules import administers
from tillit.site.frontage import frontage
from tillit.site.latest import latest
from tillit.site.models import Installation


@open_to(anyone)
def start(request: HttpRequest) -> HttpResponseBase:
    viewer, day = viewer_of(request), asked_day(request)
    if frontage().being_set_up:
        return not_yet(request, viewer)
    installation = Installation.current()
    context = {
        "day": day,
        "installation": installation,
        "organisation_count": Organisation.objects.visible_to(viewer).on(day).count(),
        "moments": latest(day),
        "spine": spine(installation, viewer, day),
        **home(installation, viewer, day),
        **(parties(installation, viewer, day) if installation else {}),
        "administers": administers(viewer),
    }
    return render(request, "site/start.html", context)


def not_yet(request: HttpRequest, viewer: Viewer) -> HttpResponseBase:
    """While the guide isn't done: who does it goes on there, and everybody else is told."""
    if administers(viewer):
        return HttpResponseRedirect(reverse("site:guide"))
    return render(request, "site/not_yet.html")


def spine(installation: Installation | None, viewer: Viewer, day: date) -> Reading | None:
    """The agreement that the installation is for, if it has been entered and may be read."""
    it = installation.agreement if installation else None
    return Reading(it, viewer, day) if it and it.circle in viewer.circles else None


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
    members = MembersOn(installation.civil, viewer, day) if installation.civil else None
    stated = members.stated if members else []
    cited = [installation.subject, *(figure.subject for figure in stated)]
    citations = citations_of(cited, viewer)
    return {
        **{side.value: party(installation, side, viewer) for side in Side},
        "members": members,
        "members_url": members and reverse("register:members", args=[members.umbrella.key]),
        "citations": citations,
        "rests": bool(citations.of(installation.subject)),
    }


def party(installation: Installation, side: Side, viewer: Viewer) -> dict[str, Any]:
    """A side as the start page shows it; one that has nobody yet says so."""
    it = installation.party(side)
    return {
        "label": side.label,
        "title": getattr(installation, f"{side}_title") or _("Not named yet"),
        "text": getattr(installation, f"{side}_text"),
        "url": page_of(it, viewer) if it else "",
    }


def page_of(organisation: Organisation, viewer: Viewer) -> str:
    return organisation.get_absolute_url() if organisation.circle in viewer.circles else ""
