"""The answers as figures, for the office; and for everybody, where the umbrella has published them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tillit.enquiries.figures import figures_of
from tillit.enquiries.models import Enquiry
from tillit.enquiries.views.office import crumbs_to, enquiry_of
from tillit.kit.access import anyone, open_to, signed_in, viewer_of
from tillit.register.crumbs import crumbs_of
from tillit.register.models import Organisation


@open_to(signed_in)
def figures(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key, Enquiry.objects.visible_to(viewer).counted())
    context = {**shown(it), "crumbs": crumbs_to(it), "is_public": False}
    return render(request, "enquiries/figures.html", context)


@open_to(anyone)
def summary(request: HttpRequest, key: str) -> HttpResponse:
    """What the umbrella has chosen to show everybody: figures, no texts and no names of members."""
    viewer = viewer_of(request)
    umbrellas = Organisation.objects.visible_to(viewer)
    rows = Enquiry.objects.published().filter(umbrella__in=umbrellas).counted()
    it = get_object_or_404(rows.select_related("umbrella"), key=key)
    context = {**shown(it), "crumbs": crumbs_of(it.umbrella), "is_public": True}
    return render(request, "enquiries/figures.html", context)


def shown(it: Any) -> dict[str, Any]:
    return {
        "enquiry": it,
        "umbrella": it.umbrella,
        "figures": figures_of(it),
        "asked_count": it.asked_count,
        "answered_count": it.answered_count,
    }
