"""The list of organisations, as page and as files."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.choices import Form, Level, PresenceKind, Scheme, Sector
from tillit.register.emptiness import first_step
from tillit.register.filters import OrganisationFilter
from tillit.register.members import MembersOn
from tillit.register.models import Organisation
from tillit.register.particulars import with_names_and_places, with_particulars

# Django's get_…_display makes such a table anew for each row: a fourth of the time of a long file.
SECTORS, FORMS, LEVELS = dict(Sector.choices), dict(Form.choices), dict(Level.choices)


@open_to(anyone)
def organisation_list(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    asked = OrganisationFilter(request.GET, viewer=viewer)
    if not asked.is_valid():
        nothing = Organisation.objects.none()
        return listing_for(asked).respond(request, nothing, asked.form, as_)
    if as_ != "page":
        rows = with_particulars(asked.qs, viewer, asked.day)
        return listing_for(asked).respond(request, rows, asked.form, as_)
    tally = asked.qs.tally_on(asked.day)
    umbrella = asked.umbrella
    context = {
        "day": asked.day,
        "tally": tally,
        "count": tally.count,
        "members": MembersOn(umbrella, viewer, asked.day) if umbrella else None,
        **first_step(viewer),
    }
    rows = with_names_and_places(asked.qs, viewer, asked.day)
    return listing_for(asked).respond(request, rows, asked.form, as_, **context)


def listing_for(asked: OrganisationFilter) -> Listing:
    """The columns of the list, with each organisation by the name that it had on the day."""
    day = asked.day if asked.is_valid() else None

    def name(row: Any) -> str:
        return str(row.name_on(day) if day else row.name)

    def standing(row: Any) -> str:
        return _("assumed") if day and row.is_assumed_on(day) else _("known")

    columns = [
        Column(gettext_lazy("Name"), name, link=lambda row: row.get_absolute_url()),
        Column(
            gettext_lazy("Sector"),
            lambda row: str(SECTORS[row.sector]),
            template="register/cells/sector.html",
        ),
        Column(gettext_lazy("Legal form"), lambda row: str(FORMS.get(row.form, ""))),
        Column(gettext_lazy("Level"), lambda row: str(LEVELS.get(row.level, ""))),
        Column(gettext_lazy("Seat"), lambda row: places_of(row, PresenceKind.SEAT)),
        Column(gettext_lazy("Works in"), lambda row: places_of(row, PresenceKind.WORKS_IN)),
    ]
    more = [
        Column(gettext_lazy("Organisation number"), number_of),
        Column(gettext_lazy("Day"), lambda row: day),
        Column(gettext_lazy("Exists on the day"), standing),
        Column(gettext_lazy("Key"), lambda row: row.key),
    ]
    return Listing(
        gettext_lazy("Organisations"),
        f"organisationer-{day}" if day else "organisationer",
        columns,
        "register/organisations.html",
        more_in_files=more,
    )


def places_of(row: Any, kind: str) -> str:
    return ", ".join(
        presence.place.name for presence in row.presences.all() if presence.kind == kind
    )


def number_of(row: Any) -> str:
    """The first organisation number, as written."""
    numbers = [found.value for found in row.identifiers.all() if found.scheme == Scheme.ORGNR]
    return numbers[0] if numbers else ""
