"""What has been changed of an agreement or a version of it, and taking the last of it back."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements import rules
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.models import Agreement
from tillit.agreements.told import changes_of, changes_of_version, tell, undoing_by
from tillit.agreements.views.editing.fetching import agreement_of, version_of
from tillit.agreements.views.editing.writing import crumbs_to_version, say
from tillit.kit.access import WRITING, anyone, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, undo
from tillit.kit.circles import Viewer
from tillit.kit.listing import Listing
from tillit.kit.models import Activity
from tillit.register.change_list import change_listing


@open_to(anyone)
def changes(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    """The changes that the viewer may read, the latest first."""
    viewer = viewer_of(request)
    it = agreement_of(viewer, key)
    context = {
        "agreement": it,
        "about": it,
        "crumbs": crumbs_of(it),
    }
    rows, form = changes_of(it, viewer), forms.Form(request.GET)
    return listing_for(it, it.key, viewer).respond(request, rows, form, as_, **context)


@open_to(anyone)
def version_changes(
    request: HttpRequest, key: str, version: str, as_: str = "page"
) -> HttpResponseBase:
    viewer = viewer_of(request)
    it = version_of(viewer, key, version)
    agreement = it.agreement
    context = {
        "agreement": agreement,
        "about": it,
        "crumbs": crumbs_to_version(it),
    }
    rows, form = changes_of_version(it, viewer), forms.Form(request.GET)
    name = f"{agreement.key}-{it.local_key}"
    return listing_for(agreement, name, viewer).respond(request, rows, form, as_, **context)


def listing_for(it: Agreement, name: str, viewer: Viewer) -> Listing:
    return change_listing(
        name,
        "agreements/editing/changes.html",
        lambda rows: tell(rows, viewer, it),
        lambda row: reverse("agreements:change-undo", args=[it.key, row.pk]),
    )


@open_to(signed_in, methods=WRITING)
def change_undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Shows what will be taken back, and takes it back when the button is pressed."""
    if request.method == "POST":
        with transaction.atomic():
            it, parts = asked(request, key, number, locked=True)
            done = undo(parts[0], Actor.of(viewer_of(request)))
        return taken_back(request, it, done)
    it, parts = asked(request, key, number)
    context = {
        "title": _("Undo"),
        "kicker": it.title,
        "cancel": reverse("agreements:changes", args=[it.key]),
        "changes": tell(parts, viewer_of(request), it),
        "crumbs": [*crumbs_of(it), (_("Changes"), reverse("agreements:changes", args=[it.key]))],
    }
    return render(request, "register/editing/undo.html", context)


def asked(
    request: HttpRequest, key: str, number: int, *, locked: bool = False
) -> tuple[Agreement, list[Activity]]:
    """The change with all that was done together with it. Raises Http404 and PermissionDenied."""
    viewer = viewer_of(request)
    it = agreement_of(viewer, key, locked=locked)
    rows = changes_of(it, viewer)
    found = get_object_or_404(rows.select_related("part_of"), pk=number)
    insist(viewer, rules.may_draft, it)
    first = found.part_of or found
    parts = [first, *Activity.objects.filter(part_of=first).order_by("pk")]
    may = undoing_by(viewer, it, parts)
    if not all(may(part) for part in parts):
        raise PermissionDenied
    return it, parts


def taken_back(request: HttpRequest, it: Agreement, undone: Activity) -> HttpResponse:
    """To the list of changes; or, when the agreement itself was taken back, to that of all."""
    if not Agreement.objects.filter(pk=it.pk).exists():
        say(request, _("Undone: %(name)s is there no more.") % {"name": it}, it, None)
        return redirect("agreements:agreements")
    say(request, _("Undone."), it, undone)
    return redirect("agreements:changes", key=it.key)
