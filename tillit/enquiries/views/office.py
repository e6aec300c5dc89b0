"""What the pages of the office that asks have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.enquiries.models import Enquiry
from tillit.enquiries.rules import may_ask_members
from tillit.kit.circles import Viewer
from tillit.register.crumbs import Crumbs, crumbs_of
from tillit.register.models import Organisation


def umbrella_of(viewer: Viewer, key: str) -> Organisation:
    """The umbrella whose office the viewer works in. Raises Http404 and PermissionDenied."""
    rows = Organisation.objects.visible_to(viewer).select_related("secretariat")
    umbrella: Organisation = get_object_or_404(rows, key=key)
    if not may_ask_members(viewer, umbrella):
        raise PermissionDenied
    return umbrella


def enquiry_of(viewer: Viewer, key: str, rows: QuerySet[Enquiry] | None = None) -> Enquiry:
    """An enquiry of the viewer's office. Raises Http404 and PermissionDenied."""
    found = Enquiry.objects.visible_to(viewer) if rows is None else rows
    it: Enquiry = get_object_or_404(found.select_related("umbrella__secretariat"), key=key)
    if not may_ask_members(viewer, it.umbrella):
        raise PermissionDenied
    return it


def crumbs_to_enquiries(umbrella: Organisation) -> Crumbs:
    listed = reverse("enquiries:enquiries", args=[umbrella.key])
    return [*crumbs_of(umbrella), (_("Yearly questions"), listed)]


def crumbs_to(enquiry: Enquiry) -> Crumbs:
    """To a page below the enquiry's own."""
    own = (enquiry.title, enquiry.get_absolute_url())
    return [*crumbs_to_enquiries(enquiry.umbrella), own]


def form_context(enquiry: Enquiry, title: str) -> dict[str, Any]:
    return {
        "enquiry": enquiry,
        "title": title,
        "lede": enquiry.title,
        "crumbs": crumbs_to(enquiry),
        "cancel": enquiry.get_absolute_url(),
    }
