"""What has been changed of an organisation, and taking the last of it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, anyone, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, undo
from tillit.kit.circles import Viewer
from tillit.kit.listing import Listing
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.register import rules
from tillit.register.change_list import change_listing
from tillit.register.crumbs import crumbs_of
from tillit.register.models import Organisation
from tillit.register.telling import may_be_undone, tell
from tillit.register.views.editing.sitting import organisation_of
from tillit.register.views.editing.writing import undo_link


def changes_told_on(it: Organisation, viewer: Viewer) -> Any:
    return Activity.objects.visible_to(viewer).filter(about=it.subject)


@open_to(anyone)
def changes(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    """The changes that the viewer may read, the latest first."""
    viewer = viewer_of(request)
    it = organisation_of(viewer, key)
    context = {"organisation": it, "crumbs": crumbs_of(it), "may_edit": rules.may_edit(viewer, it)}
    rows = changes_told_on(it, viewer)
    return listing_for(it, viewer).respond(request, rows, forms.Form(request.GET), as_, **context)


def listing_for(it: Organisation, viewer: Viewer) -> Listing:
    return change_listing(
        it.key,
        "register/editing/changes.html",
        lambda rows: tell(rows, viewer, it),
        lambda row: reverse("register:change-undo", args=[it.key, row.pk]),
    )


@open_to(signed_in, methods=WRITING)
def change_undo(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Shows what will be taken back, and takes it back when the button is pressed."""
    viewer = viewer_of(request)
    it = organisation_of(viewer, key)
    activity = get_object_or_404(changes_told_on(it, viewer).select_related("part_of"), pk=number)
    insist(viewer, rules.may_edit, it)
    if not may_be_undone(activity):
        raise Refused(_("This is not undone here."), 409)
    if request.method == "POST":
        return taken_back(request, it, undo(activity, Actor.of(viewer)))
    first = activity.part_of or activity
    together = [first, *changes_told_on(it, viewer).filter(part_of=first).order_by("pk")]
    context = {
        "title": _("Undo"),
        "kicker": it.name,
        "cancel": reverse("register:changes", args=[it.key]),
        "changes": tell(together, viewer, it),
        "crumbs": [
            *crumbs_of(it),
            (_("Changes"), reverse("register:changes", args=[it.key])),
        ],
    }
    return render(request, "register/editing/undo.html", context)


def taken_back(request: HttpRequest, it: Organisation, undone: Activity) -> HttpResponse:
    """To the list of changes; or, when the organisation itself was taken back, to that of all."""
    if not Organisation.objects.filter(pk=it.pk).exists():
        messages.success(
            request, _("Undone: %(name)s stands in the register no more.") % {"name": it}
        )
        return redirect("register:organisations")
    messages.success(request, format_html("{} {}", _("Undone."), undo_link(it, undone)))
    return redirect("register:changes", key=it.key)
