"""What members say is wrong: taken over with a press each, or all at once, by who may change it."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.enquiries.forms.enquiry import DismissForm
from tillit.enquiries.models import Correction, Enquiry, What
from tillit.enquiries.rules import may_take_over
from tillit.enquiries.taking_over import dismiss, take_all, take_over
from tillit.enquiries.views.office import crumbs_to
from tillit.kit.access import open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation

MOST = 100
DATED = (What.NAME, What.ADDRESS)  # of which there may be a new one, or the old one was wrong


@dataclass(frozen=True)
class Shown:
    """A correction, and what the viewer may do about it."""

    correction: Correction
    may_take_over: bool

    @property
    def is_dated(self) -> bool:
        return self.correction.what in DATED and any(self.correction.before.values())


def waiting_for(viewer: Viewer, key: str) -> QuerySet[Correction]:
    rows = Correction.objects.visible_to(viewer).waiting().filter(asked__enquiry__key=key)
    related = ("organisation__secretariat", "asked__enquiry", "asked__umbrella")
    found: QuerySet[Correction] = rows.select_related(*related)
    return found.order_by("organisation__sort_key", "organisation", "said_at", "pk")


@open_to(signed_in)
def corrections(request: HttpRequest, key: str) -> HttpResponse:
    """The corrections of an enquiry that the viewer may see, member by member."""
    viewer = viewer_of(request)
    rows = waiting_for(viewer, key)
    found = list(rows[: MOST + 1])
    enquiry = found[0].asked.enquiry if found else enquiry_with(viewer, key)
    shown = [Shown(it, may_take_over(viewer, it)) for it in found[:MOST]]
    context = {
        "enquiry": enquiry,
        "crumbs": crumbs_for(enquiry, viewer),
        "members": grouped(shown),
        "any_to_take": any(it.may_take_over for it in shown),
        "more": len(found) > MOST,
        "form": DismissForm(),
    }
    return render(request, "enquiries/corrections.html", context)


def enquiry_with(viewer: Viewer, key: str) -> Enquiry:
    """The enquiry, for who reads it or a correction of it. Raises Http404."""
    told = Correction.objects.visible_to(viewer).filter(asked__enquiry__key=key)
    own = Enquiry.objects.filter(pk__in=told.values("asked__enquiry"))
    found: Enquiry = get_object_or_404(own | Enquiry.objects.visible_to(viewer), key=key)
    return found


def grouped(shown: list[Shown]) -> list[tuple[Organisation, list[Shown]]]:
    by_member = groupby(shown, key=lambda it: it.correction.organisation)
    return [(member, list(them)) for member, them in by_member]


def crumbs_for(enquiry: Enquiry, viewer: Viewer) -> Any:
    """The way up, for who may read the enquiry itself."""
    reads = {enquiry.circle, enquiry.also} & viewer.circles
    return crumbs_to(enquiry) if reads else []


@open_to(signed_in, methods=("POST",))
def correction(request: HttpRequest, key: str, correction: str) -> HttpResponse:
    """Take one over, or say why not."""
    viewer = viewer_of(request)
    rows = Correction.objects.visible_to(viewer).select_related("organisation__secretariat")
    it = get_object_or_404(rows, asked__enquiry__key=key, key=correction)
    if not may_take_over(viewer, it):
        raise PermissionDenied
    do, now, actor = request.POST.get("do", ""), timezone.now(), Actor.of(viewer)
    if do == "dismiss":
        form = DismissForm(request.POST)
        if not form.is_valid():
            raise Refused(_("The reason is too long."), 422)
        dismiss(it, form.cleaned_data["reason"], actor, now)
        messages.success(request, _("It has been put aside."))
    elif do in {"take", "mend"}:
        try:
            take_over(it, actor, now, was_wrong=do == "mend")
        except ValidationError as error:
            raise Refused(" ".join(error.messages), 409)
        messages.success(request, _("It stands in the register now."))
    else:
        raise Refused(_("Say whether it shall be taken over."))
    return redirect("enquiries:corrections", key=key)


@open_to(signed_in, methods=("POST",))
def all_corrections(request: HttpRequest, key: str) -> HttpResponse:
    """Take over all that the viewer may, and tell which must be looked at one by one."""
    viewer = viewer_of(request)
    may = [it for it in waiting_for(viewer, key)[:MOST] if may_take_over(viewer, it)]
    taken, left = take_all(may, Actor.of(viewer), timezone.now())
    words = ngettext("%(number)s has been taken over.", "%(number)s have been taken over.", taken)
    messages.success(request, words % {"number": taken})
    if left:
        words = ngettext(
            "%(number)s must be looked at by itself.",
            "%(number)s must be looked at one by one.",
            left,
        )
        messages.warning(request, words % {"number": left})
    return redirect(reverse("enquiries:corrections", args=[key]))
