"""All agreements as a tree: a local one below the regional, that below the national."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tillit.agreements.choices import Force
from tillit.agreements.models import Agreement, Version
from tillit.agreements.models.version import in_force
from tillit.agreements.reading import force_of
from tillit.kit.circles import Viewer
from tillit.register.choices import Level


@dataclass
class Branch:
    """An agreement, how it stands on the day, and those that build on it."""

    agreement: Agreement
    force: Force
    version: Version | None
    below: list["Branch"] = field(default_factory=list)


def stand(agreements: Iterable[Agreement], viewer: Viewer, day: date) -> dict[int, Branch]:
    """How each of them stands; one question for the versions of all."""
    versions: dict[int, list[Version]] = defaultdict(list)
    of_these = Version.objects.visible_to(viewer).filter(agreement__in=agreements)
    for row in of_these:
        versions[row.agreement_id].append(row)
    found = {}
    for it in agreements:
        version = in_force(versions[it.pk], day)
        if version:
            version.agreement = it
        found[it.pk] = Branch(it, force_of(versions[it.pk], day), version)
    return found


def grown(agreements: Sequence[Agreement], viewer: Viewer, day: date) -> list[Branch]:
    """The roots, by level; one whose parent is not among them stands at the root."""
    branches = stand(agreements, viewer, day)
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.agreement.parent_id or 0)
        (above.below if above else roots).append(branch)
    order = {level: number for number, level in enumerate(Level.values)}
    return sorted(roots, key=lambda it: order.get(it.agreement.level, 0))
