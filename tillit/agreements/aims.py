"""The aims of a version, by kind."""

from collections.abc import Sequence
from typing import Any

from tillit.agreements.choices import AimKind


def by_kind(rows: Sequence[Any]) -> list[tuple[AimKind, list[Any]]]:
    """Each kind that there are any of, with these, in the order in which one tells them."""
    found = [(kind, [it for it in rows if it.kind == kind]) for kind in AimKind]
    return [(kind, aims) for kind, aims in found if aims]
