"""The list of organisations, as page and as files."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.choices import PresenceKind
from tillit.register.filters import OrganisationFilter
from tillit.register.members import MembersOn
from tillit.register.models import Organisation
from tillit.register.particulars import with_names_and_places


@open_to(anyone)
def organisation_list(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    asked = OrganisationFilter(request.GET, viewer=viewer)
    valid = asked.is_valid()
    rows = (
        with_names_and_places(asked.qs, viewer, asked.day) if valid else Organisation.objects.none()
    )
    umbrella = asked.umbrella
    members = MembersOn(umbrella, viewer, asked.day) if umbrella else None
    return listing_for(asked).respond(request, rows, asked.form, as_, members=members)


def listing_for(asked: OrganisationFilter) -> Listing:
    """The columns of the list, with each organisation by the name that it had on the day."""
    day = asked.day if asked.is_valid() else None
    columns = [
        Column(
            _("Name"),
            lambda row: row.name_on(day) if day else row.name,
            link=lambda row: row.get_absolute_url(),
        ),
        Column(
            _("Sector"), lambda row: row.get_sector_display(), template="register/cells/sector.html"
        ),
        Column(_("Legal form"), lambda row: row.get_form_display()),
        Column(_("Level"), lambda row: row.get_level_display()),
        Column(_("Seat"), lambda row: places_of(row, PresenceKind.SEAT)),
        Column(_("Works in"), lambda row: places_of(row, PresenceKind.WORKS_IN)),
    ]
    return Listing(_("Organisations"), "organisationer", columns, "register/organisations.html")


def places_of(row: Any, kind: str) -> str:
    return ", ".join(
        presence.place.name for presence in row.presences.all() if presence.kind == kind
    )
