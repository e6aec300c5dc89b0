"""What the pages of an agreement begin with, fetched through permission."""

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404

from tillit.agreements.models import Agreement
from tillit.kit.circles import Viewer


def agreement_of(viewer: Viewer, key: str) -> Agreement:
    """Raises Http404."""
    found: Agreement = get_object_or_404(Agreement.objects.visible_to(viewer), key=key)
    return found


def row_of(model: Any, agreement: Agreement, viewer: Viewer, key: str, *related: str) -> Any:
    """A row of the agreement by the key that the agreement calls it by. Raises Http404."""
    rows = model.objects.visible_to(viewer).filter(agreement=agreement)
    rows = rows.select_related(*related) if related else rows
    found = get_object_or_404(rows, Q(key=f"{agreement.key}.{key}") | Q(key=key))
    found.agreement = agreement
    return found
