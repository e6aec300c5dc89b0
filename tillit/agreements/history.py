"""The moments of agreements for timelines: who stood behind what, and what came into force."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.agreements.choices import AdoptionKind
from tillit.agreements.models import (
    Adherence,
    Adoption,
    Agreement,
    Orientation,
    Plan,
    Version,
)
from tillit.kit.bounds import Edge, Precision, read_bound
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Moment
from tillit.register.choices import Side

TOLD = {Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR}
MOST = 40


def moments(subject: str, viewer: Viewer) -> Iterator[Moment]:
    """Of one agreement, or of all, the latest ones."""
    noun, _colon, key = subject.partition(":")
    if noun == Agreement.noun:
        yield from of(Q(agreement__key=key), Q(version__agreement__key=key), viewer)
        yield from of_adherences(Q(agreement__key=key), viewer)
        yield from of_plans(Q(agreement__key=key), viewer)
    elif not subject:
        yield from of(Q(), Q(), viewer)
        yield from of_adherences(Q(), viewer)
        yield from of_plans(Q(), viewer)


def of(which: Q, adopted: Q, viewer: Viewer) -> Iterator[Moment]:
    rows = Version.objects.visible_to(viewer).filter(which).exclude(start="")
    of_these = rows.filter(agreement__circle__in=viewer.circles)
    for version in of_these.select_related("agreement").order_by("-possible_from", "key")[:MOST]:
        start = version.as_read.start
        if start.precision in TOLD:
            yield Moment(
                when=start,
                kind=_("In force"),
                title=str(version),
                url=version.get_absolute_url(),
                side="joint",
                subject=version.subject,
            )
    yield from of_adoptions(adopted, viewer)


def of_adoptions(which: Q, viewer: Viewer) -> Iterator[Moment]:
    """What several did of the same kind on the same day is one moment."""
    rows = Adoption.objects.visible_to(viewer).filter(which).exclude(dated="")
    of_these = rows.filter(
        version__circle__in=viewer.circles, version__agreement__circle__in=viewer.circles
    )
    together: dict[Any, list[Adoption]] = {}
    for row in of_these.select_related("version__agreement", "organisation").order_by(
        "-dated", "key"
    )[:MOST]:
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


def of_adherences(which: Q, viewer: Viewer) -> Iterator[Moment]:
    """Those who joined the same agreement on the same day are one moment."""
    rows = Adherence.objects.visible_to(viewer).filter(which).exclude(start="")
    of_these = rows.filter(
        agreement__circle__in=viewer.circles, organisation__circle__in=viewer.circles
    )
    counted = of_these.order_by().values("agreement", "start").annotate(number=Count("pk"))
    found = list(counted.order_by("-start", "agreement")[:MOST])
    agreements = Agreement.objects.in_bulk([it["agreement"] for it in found]) if found else {}
    for it in found:
        when = read_bound(it["start"], Edge.START)
        if when.precision in TOLD:
            number, agreement = it["number"], agreements[it["agreement"]]
            words = ngettext("%(count)s organisation", "%(count)s organisations", number)
            yield Moment(
                when=when,
                kind=_("Have joined"),
                title=str(agreement),
                url=reverse("agreements:adherents", args=[agreement.key]),
                text=words % {"count": number},
                subject=agreement.subject,
            )


def of_plans(which: Q, viewer: Viewer) -> Iterator[Moment]:
    """Plans and yearly orientations, when they were adopted."""
    for model in (Plan, Orientation):
        rows = model.objects.visible_to(viewer).filter(which, stage="adopted").exclude(dated="")
        of_these = rows.filter(agreement__circle__in=viewer.circles).select_related("agreement")
        for row in of_these.order_by("-dated", "key")[:MOST]:
            if row.when.precision in TOLD:
                yield Moment(
                    when=row.when,
                    kind=_("Adopted"),
                    title=f"{row}: {row.agreement}",
                    url=row.get_absolute_url(),
                    text=row.decided_by,
                    side="joint",
                    subject=row.subject,
                )
