"""The moments of agreements for timelines: who stood behind what, and what came into force."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.agreements.choices import AdoptionKind
from tillit.agreements.history_around import MOST, TOLD, around
from tillit.agreements.knowing import statuses_known, versions_known
from tillit.agreements.models import (
    Adoption,
    AdoptionWithdrawal,
    Agreement,
    MeasureStatus,
    Version,
)
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Moment
from tillit.register.choices import Side


def moments(subject: str, viewer: Viewer) -> Iterator[Moment]:
    """Of one agreement, or of all, the latest ones."""
    noun, _colon, key = subject.partition(":")
    if noun == Agreement.noun:
        known = versions_known(key, viewer)
        yield from of_versions([it for it in known if it.agreement.key == key])
        yield from of_adoptions(Q(version__agreement__key=key), viewer)
        yield from of_statuses(statuses_known(key, viewer))
        yield from around(Q(agreement__key=key), viewer)
    elif not subject:
        yield from of_versions(latest_versions(viewer))
        yield from of_adoptions(Q(), viewer)
        yield from of_statuses(latest_statuses(viewer))
        yield from around(Q(), viewer)


def latest_versions(viewer: Viewer) -> Any:
    rows = Version.objects.visible_to(viewer).exclude(start="")
    of_these = rows.filter(agreement__circle__in=viewer.circles)
    return of_these.select_related("agreement").order_by("-possible_from", "key")[:MOST]


def of_versions(versions: Iterable[Version]) -> Iterator[Moment]:
    """What came into force."""
    for version in versions:
        start = version.as_read.start
        if version.start and start.precision in TOLD:
            yield Moment(
                when=start,
                kind=_("In force"),
                title=str(version),
                url=version.get_absolute_url(),
                side="joint",
                subject=version.subject,
            )


def latest_statuses(viewer: Viewer) -> Any:
    rows = MeasureStatus.objects.visible_to(viewer).filter(
        measure__circle__in=viewer.circles,
        measure__version__agreement__circle__in=viewer.circles,
    )
    related = rows.select_related("measure__version__agreement")
    return related.order_by("-dated", "key")[:MOST]


def of_statuses(statuses: Iterable[MeasureStatus]) -> Iterator[Moment]:
    """What each side said of how it goes with a measure."""
    for row in statuses:
        if row.when.precision in TOLD:
            yield Moment(
                when=row.when,
                kind=row.get_status_display(),
                title=str(row.measure),
                url=row.get_absolute_url(),
                text=row.reason,
                side=row.side,
                subject=row.subject,
            )


def of_withdrawal(row: AdoptionWithdrawal) -> Moment:
    it = row.adoption.organisation
    return Moment(
        when=row.when,
        kind=_("Taken back: %(what)s") % {"what": row.adoption.get_kind_display()},
        title=str(row.adoption.version),
        url=row.get_absolute_url(),
        text=f"{it}: {row.reason}",
        side=it.side,
        subject=row.subject,
    )


def of_adoptions(which: Q, viewer: Viewer) -> Iterator[Moment]:
    """What several did of the same kind on the same day is one moment."""
    rows = Adoption.objects.visible_to(viewer).filter(which).exclude(dated="")
    of_these = rows.filter(
        version__circle__in=viewer.circles, version__agreement__circle__in=viewer.circles
    )
    together: dict[Any, list[Adoption]] = {}
    related = of_these.select_related("version__agreement", "organisation", "withdrawal")
    for row in related.order_by("-dated", "key")[:MOST]:
        withdrawal = getattr(row, "withdrawal", None)
        if withdrawal and withdrawal.when.precision in TOLD and withdrawal.circle in viewer.circles:
            withdrawal.adoption = row
            yield of_withdrawal(withdrawal)
        if row.when.precision in TOLD:
            together.setdefault((row.version_id, row.kind, row.dated), []).append(row)
    for several in together.values():
        yield moment(several)


def moment(several: list[Adoption]) -> Moment:
    one = several[0]
    sides = {it.organisation.side for it in several}
    return Moment(
        when=one.when,
        kind=AdoptionKind(one.kind).label,
        title=str(one.version),
        url=one.version.get_absolute_url(),
        text=", ".join(it.organisation.name for it in several),
        side="joint" if sides == {*Side.values} else next(iter(sides)),
        subject=one.subject,
    )
