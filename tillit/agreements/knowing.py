"""What several parts of a page ask of one agreement, fetched once a request."""

from django.db.models import Q

from tillit.agreements.models import Agreement, MeasureStatus, Version
from tillit.kit.circles import Viewer


def versions_known(key: str, viewer: Viewer) -> list[Version]:
    """Of the agreement and of the one that it builds on, the earliest first."""
    return viewer.once(("agreements.versions", key), lambda: _versions(key, viewer))


def _versions(key: str, viewer: Viewer) -> list[Version]:
    above = Agreement.objects.filter(children__key=key)
    rows = Version.objects.visible_to(viewer).filter(
        Q(agreement__key=key) | Q(agreement__in=above.values("pk")),
        agreement__circle__in=viewer.circles,
    )
    return list(rows.telling().select_related("agreement"))


def statuses_known(key: str, viewer: Viewer) -> list[MeasureStatus]:
    """What was said of how it goes with the agreement's measures."""
    return viewer.once(("agreements.statuses", key), lambda: _statuses(key, viewer))


def _statuses(key: str, viewer: Viewer) -> list[MeasureStatus]:
    rows = MeasureStatus.objects.visible_to(viewer).filter(
        measure__version__agreement__key=key,
        measure__circle__in=viewer.circles,
        measure__version__agreement__circle__in=viewer.circles,
    )
    return list(rows.select_related("measure__version__agreement"))
