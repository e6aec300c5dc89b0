"""What the pages of consultations have in common."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements.models import Consultation
from tillit.kit.access import insist
from tillit.kit.circles import Viewer
from tillit.register.crumbs import Crumbs


def consultation_of(viewer: Viewer, key: str) -> Consultation:
    """Raises Http404."""
    rows = Consultation.objects.visible_to(viewer).select_related("version__agreement")
    readable = rows.filter(version__agreement__circle__in=viewer.circles)
    found: Consultation = get_object_or_404(readable, key=key)
    return found


def kept_by(viewer: Viewer, key: str, rule: Any) -> Consultation:
    """One with which the viewer may do what the rule says. Raises Http404 and PermissionDenied."""
    found = consultation_of(viewer, key)
    insist(viewer, rule, found)
    return found


def crumbs() -> Crumbs:
    return [(_("Consultations"), reverse("agreements:consultations"))]


def crumbs_of(it: Consultation) -> Crumbs:
    """To what belongs to a consultation."""
    return [*crumbs(), (it.title, it.get_absolute_url())]


def form_context(it: Consultation, title: str) -> dict[str, Any]:
    return {
        "consultation": it,
        "title": title,
        "lede": it.title,
        "crumbs": crumbs_of(it),
        "cancel": it.get_absolute_url(),
    }
