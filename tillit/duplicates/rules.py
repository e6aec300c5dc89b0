"""Who merges, and who sees what may be the same."""

from typing import Any

from tillit.duplicates.kinds import KINDS
from tillit.duplicates.models import Merge
from tillit.kit.circles import Viewer
from tillit.register.rules import keeps_a_side


def sees_pairs(viewer: Viewer) -> bool:
    """Works in the secretariat of a side: looks through what may be the same in what it looks after."""
    return keeps_a_side(viewer)


def may_merge(viewer: Viewer, kept: Any, gone: Any) -> bool:
    """Edits both entries; of persons, all that the one that goes serves, and may give what moves."""
    return sees_pairs(viewer) and KINDS[kept.noun].may(viewer, kept, gone)


def may_part(viewer: Viewer, kept: Any, merge: Merge) -> bool:
    """Edits the one that stayed; of persons, may give the mandates that go back."""
    return sees_pairs(viewer) and KINDS[kept.noun].may_part(viewer, kept, merge)
