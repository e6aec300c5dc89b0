"""Who merges, and who sees what may be the same."""

from collections.abc import Mapping
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


def may_either(viewer: Viewer, one: Any, other: Any) -> bool:
    """Merges the two, whichever stays."""
    return may_merge(viewer, one, other) or may_merge(viewer, other, one)


def may_stay(
    viewer: Viewer, one: Any, other: Any, hindrances: Mapping[str, list[str]]
) -> list[Any]:
    """Those of the two that the viewer may let stay: nothing hinders it either."""
    both = ((one, other), (other, one))
    return [
        kept for kept, gone in both if not hindrances[kept.key] and may_merge(viewer, kept, gone)
    ]


def may_part(viewer: Viewer, kept: Any, merge: Merge) -> bool:
    """Edits the one that stayed; of persons, may give the mandates that go back."""
    return sees_pairs(viewer) and KINDS[kept.noun].may_part(viewer, kept, merge)


def may_undo(viewer: Viewer, merge: Merge) -> bool:
    """The same, of what stayed as far as the viewer may read it."""
    noun, _colon, key = merge.kept.partition(":")
    kept = KINDS[noun].rows(viewer).filter(key=key).first()
    return kept is not None and may_part(viewer, kept, merge)
