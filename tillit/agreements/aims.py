"""The aims of a version, by kind."""

from collections.abc import Sequence

from tillit.agreements.choices import AimKind
from tillit.agreements.models import Aim


def by_kind(rows: Sequence[Aim]) -> list[tuple[AimKind, list[Aim]]]:
    """Each kind that there are any of, with these, in the order in which one tells them."""
    found = [(kind, [it for it in rows if it.kind == kind]) for kind in AimKind]
    return [(kind, aims) for kind, aims in found if aims]
