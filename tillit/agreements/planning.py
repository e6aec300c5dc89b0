"""What the efforts of a year may name, how something is put in the place of one, and how a plan or a
year's orientation comes to be adopted: when both sides say so.
"""

import json
from hashlib import sha256
from typing import Any

from django.db.models import Max, Q

from tillit.agreements.choices import EffortState, PlanStage
from tillit.agreements.models import (
    Agreement,
    Commitment,
    Effort,
    Measure,
    Plan,
    Reprioritisation,
)
from tillit.agreements.models.planned import Planned
from tillit.kit.changes import Actor, change, new_key, together
from tillit.kit.circles import PUBLIC
from tillit.kit.values import values_of
from tillit.register.models import Organisation

MOST = 500


def say_adopted(row: Planned, side: str, actor: Actor, *, decided_by: str, dated: str) -> None:
    """One side says who adopted it, and when. It stands when the other says so too."""
    change(row, {"decided_by": decided_by, "dated": dated, "stage": PlanStage(side)}, actor)


def confirm_adopted(row: Planned, actor: Actor) -> None:
    """The other side says so too: it stands, and everybody reads it."""
    change(row, {"stage": PlanStage.ADOPTED}, actor)


def prepare_further(row: Planned, actor: Actor, reason: str) -> None:
    """Either side has it prepared further, since it was not adopted so."""
    change(row, {"decided_by": "", "dated": "", "stage": PlanStage.PREPARED}, actor, reason)


def fingerprint(row: Planned) -> str:
    """Of all that a side stands behind by saying that it was adopted: its words, its days, its parts."""
    parts: Any = row.areas if isinstance(row, Plan) else row.efforts  # type: ignore[attr-defined]
    said = [values_of(it) for it in (row, *parts.order_by("key"))]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def serving(agreement: Agreement) -> tuple[list[Organisation], list[Measure], list[Commitment]]:
    """Who may lead, and what is promised that everybody reads: the latest version's first."""
    of_it = Q(agreement_parties__agreement=agreement) | Q(adherences__agreement=agreement)
    leads = Organisation.objects.filter(of_it, circle=PUBLIC).distinct().order_by("sort_key")
    measures, commitments = (
        model.objects.filter(version__agreement=agreement, circle=PUBLIC)
        .select_related("version")
        .order_by("-version__possible_from", *order)[:MOST]
        for model, order in ((Measure, ("number",)), (Commitment, ("side", "number")))
    )
    return list(leads[:MOST]), list(measures), list(commitments)


def put_instead(
    before: Effort,
    actor: Actor,
    *,
    title: str,
    text: str,
    reason: str,
    decided_by: str,
    dated: str,
) -> Reprioritisation:
    """Set an effort aside, with another in its place, or none. What it serves, the other serves."""
    with together(actor, reason[:400]) as it:
        after = it.create(successor(before, title, text), sets_of(before)) if title else None
        it.change(before, {"state": EffortState.SET_ASIDE})
        row = Reprioritisation(
            key=new_key(before.orientation.key),
            before=before,
            after=after,
            reason=reason,
            decided_by=decided_by,
            dated=dated,
        )
        return it.create(row)


def successor(before: Effort, title: str, text: str) -> Effort:
    it = before.orientation
    last = it.efforts.aggregate(last=Max("number"))["last"] or 0
    return Effort(
        key=new_key(it.key),
        orientation=it,
        number=last + 1,
        title=title,
        text=text,
        responsible=before.responsible,
        lead=before.lead,
    )


def sets_of(before: Effort) -> dict[str, list[object]]:
    return {"measures": [*before.measures.all()], "commitments": [*before.commitments.all()]}
