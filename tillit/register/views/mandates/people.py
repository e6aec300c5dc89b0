"""Who acts for an organisation, how far and since when; who has been asked; how it is reached."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import open_to, signed_in
from tillit.kit.circles import Viewer
from tillit.kit.days import format_bound, today
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.choices import LADDER, Extent
from tillit.register.crumbs import crumbs_of
from tillit.register.models import Contact, Handover, Mandate, Organisation
from tillit.register.people import giver_in_words, names_of
from tillit.register.rules import (
    may_appoint,
    may_hand_over,
    may_invite_to,
    may_keep_contacts,
    may_lead,
    may_see_people,
)
from tillit.register.standing import person_of
from tillit.register.views.mandates.shared import MOST, organisation_for, unanswered

MOST_KNOWN = 500


@open_to(signed_in)
def people(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    organisation, viewer = organisation_for(request, key, may_see_people)
    day = today()
    rows = mandates_of(organisation, viewer)
    if as_ != "page":
        listing = listing_for(organisation, names_of(rows.values_list("given_by", flat=True)))
        return listing.respond(request, rows, forms.Form({}), as_)
    known = list(rows.order_by("-certain_from", "key")[:MOST_KNOWN])
    invitations = unanswered(viewer, organisation=organisation)
    names = names_of(it.given_by for it in [*known, *invitations])
    context: dict[str, Any] = {
        "organisation": organisation,
        "crumbs": crumbs_of(organisation),
        "day": day,
        "now": timezone.now(),
        "coming": [it for it in known if it.lasts(day) and it.certain_from > day],
        "former": [it for it in known if not it.lasts(day)][:MOST],
        "invitations": [(it, giver_in_words(it.given_by, names)) for it in invitations],
        "contacts": contacts_of(organisation, viewer, day),
        **what_may_be_done(viewer, organisation),
    }
    listing = listing_for(organisation, names, with_doings=context["may_lead"])
    return listing.respond(request, rows.standing(day), forms.Form({}), **context)


def what_may_be_done(viewer: Viewer, organisation: Organisation) -> Mapping[str, Any]:
    return {
        "appointed": [it for it in Extent.values if may_appoint(viewer, it, organisation)],
        "ladder": LADDER,
        "may_lead": may_lead(viewer, organisation),
        "may_invite": may_invite_to(viewer, organisation),
        "may_keep_contacts": may_keep_contacts(viewer, organisation),
        "may_hand_over": may_hand_over(viewer, organisation),
        "own": person_of(viewer),
    }


def mandates_of(organisation: Organisation, viewer: Viewer) -> Any:
    """With `handed`: the key of the hand-over that it ended with, if any."""
    rows = Mandate.objects.visible_to(viewer).filter(organisation=organisation)
    handed = Handover.objects.filter(
        leaver=OuterRef("person"),
        organisation=organisation,
        last_day__gte=OuterRef("certain_until"),
    )
    told = rows.annotate(handed=Subquery(handed.values("key")[:1]))
    return told.select_related("person", "unit", "organisation", "through")


def contacts_of(organisation: Organisation, viewer: Viewer, day: date) -> list[Contact]:
    """Those of today and of days to come."""
    rows = Contact.objects.visible_to(viewer).filter(
        organisation=organisation, possible_until__gte=day
    )
    found = rows.select_related("person", "organisation").order_by("kind", "certain_from", "pk")
    return list(found[:MOST])


def until_in_words(mandate: Mandate) -> str:
    """The last day, or nothing when it goes on."""
    end = mandate.as_read.end
    return "" if end.is_limitless else format_bound(end)


def listing_for(
    organisation: Organisation, names: Mapping[str, str], *, with_doings: bool = False
) -> Listing:
    columns = [
        Column(gettext_lazy("Name"), lambda row: row.person.name),
        Column(gettext_lazy("How far"), extent_in_words),
        Column(gettext_lazy("Since"), lambda row: format_bound(row.as_read.start)),
        Column(gettext_lazy("Last day"), until_in_words),
        Column(gettext_lazy("Given by"), lambda row: giver_in_words(row.given_by, names)),
    ]
    if with_doings:
        template = "register/mandates/cells/doings.html"
        columns.append(Column(_("What you can do"), lambda row: row.key, template=template))
    return Listing(
        gettext_lazy("Who acts for it today"),
        f"behorigheter-{organisation.key}",
        columns,
        "register/mandates/people.html",
        by=("person__sort_key", "key"),
    )


def extent_in_words(mandate: Mandate) -> str:
    """How far, for which unit, and by which address."""
    parts = [mandate.get_extent_display()]
    if mandate.unit:
        parts.append(mandate.unit.name)
    if mandate.through:
        parts.append(mandate.through.email)
    return ", ".join(str(part) for part in parts)


@open_to(signed_in)
def contacts(request: HttpRequest, key: str, as_: str = "csv") -> HttpResponseBase:
    """The addresses as a file."""
    organisation, viewer = organisation_for(request, key, may_see_people)
    rows = Contact.objects.visible_to(viewer).filter(organisation=organisation)
    listing = Listing(
        gettext_lazy("Contacts"),
        f"kontakter-{organisation.key}",
        CONTACT_COLUMNS,
        "",
        by=("certain_from", "key"),
    )
    return listing.respond(request, rows.select_related("person"), forms.Form({}), as_)


CONTACT_COLUMNS = [
    Column(gettext_lazy("Role"), lambda row: row.get_kind_display()),
    Column(gettext_lazy("Name"), lambda row: row.person.name if row.person else ""),
    Column(gettext_lazy("E-mail"), lambda row: row.email),
    Column(gettext_lazy("Phone"), lambda row: row.phone),
    Column(gettext_lazy("First day"), lambda row: format_bound(row.as_read.start)),
    Column(gettext_lazy("Last day"), until_in_words),
    Column(gettext_lazy("Belongs to the role"), lambda row: _("yes") if row.is_function else ""),
    Column(gettext_lazy("Gets letters"), lambda row: _("yes") if row.gets_letters else ""),
]
