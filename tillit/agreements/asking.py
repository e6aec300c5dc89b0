"""What waits on the desks of both sides: changes that are prepared, and not yet analysed; plans and
yearly orientations that were adopted, as the other side says.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements.models import ImpactCheck, Orientation, Plan
from tillit.agreements.rules import may_answer, may_confirm, side_edited_by
from tillit.agreements.standing import parties_for
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Asked
from tillit.register.choices import Side
from tillit.register.standing import capacity_for

MOST = 20


def asked(viewer: Viewer, day: date) -> Iterator[Asked]:
    sides: dict[int, set[str]] = {}
    for party in parties_for(viewer):
        sides.setdefault(party.agreement_id, set()).add(party.side)
    if sides:
        yield from to_analyse(viewer, sides)
        yield from to_confirm(viewer, sides)


def to_confirm(viewer: Viewer, sides: Mapping[int, set[str]]) -> Iterator[Asked]:
    """What the other side says was adopted: that one's own says so too, or not."""
    for model in (Plan, Orientation):
        rows: Any = model.objects.visible_to(viewer).filter(
            agreement__in=sides, stage__in=Side.values
        )
        for row in rows.select_related("agreement").order_by("key")[:MOST]:
            if capacity := capacity_for(viewer, may_confirm, row):
                yield Asked(
                    _("Was it adopted? %(title)s") % {"title": row.title},
                    row.get_absolute_url(),
                    _("Look"),
                    _("The other side says so."),
                    capacity=capacity,
                )


def to_analyse(viewer: Viewer, sides: Mapping[int, set[str]]) -> Iterator[Asked]:
    """Of the public side the analysis, of the civil side its view: of each its own part."""
    rows = ImpactCheck.objects.visible_to(viewer).filter(
        agreement__in=sides, closed_on__isnull=True
    )
    for row in rows.select_related("agreement").order_by("opened_on", "key")[:MOST]:
        for side in sorted(sides[row.agreement_id]):
            capacity = capacity_for(viewer, may_answer_for, row, side)
            if row.waits_for(side) and capacity:
                yield asking(row, side, capacity)


def may_answer_for(viewer: Viewer, check: ImpactCheck, side: str) -> bool:
    """Whether it is that side that the viewer answers for."""
    return may_answer(viewer, check) and side_edited_by(viewer, check.agreement) == side


def asking(row: ImpactCheck, side: str, capacity: str) -> Asked:
    title = (
        _("Analyse what a change would mean for voluntary work: %(title)s")
        if side == Side.PUBLIC
        else _("Say what a change would mean for voluntary work: %(title)s")
    )
    url = reverse("agreements:impact-answer", args=[row.agreement.key, row.local_key])
    return Asked(
        title % {"title": row.title}, url, _("Answer"), row.agreement.title, capacity=capacity
    )
