"""Who merges, and who sees what may be the same."""

from typing import Any

from tillit.duplicates.kinds import KINDS
from tillit.kit.circles import Viewer
from tillit.register.rules import keeps_a_side


def sees_pairs(viewer: Viewer) -> bool:
    """Works in the secretariat of a side: looks through what may be the same in what it looks after."""
    return keeps_a_side(viewer)


def may_merge(viewer: Viewer, kept: Any, gone: Any) -> bool:
    """Edits both entries; of persons, may give what moves from the one to the other."""
    return sees_pairs(viewer) and KINDS[kept.noun].may(viewer, kept, gone)
