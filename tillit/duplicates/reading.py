"""Pairs and merges as far as a viewer may read what they are about: in lists, files, pages, counts."""

from typing import Any

from tillit.duplicates.kinds import KINDS
from tillit.duplicates.models import Merge, Pair
from tillit.kit.circles import Viewer


def pairs_for(viewer: Viewer) -> Any:
    """Those of an office of which both entries are open to the viewer."""
    return Pair.objects.readable_by(viewer, rows_for(viewer))


def merges_for(viewer: Viewer) -> Any:
    return Merge.objects.readable_by(viewer, rows_for(viewer))


def rows_for(viewer: Viewer) -> dict[str, Any]:
    return {noun: kind.rows(viewer).order_by() for noun, kind in KINDS.items()}
