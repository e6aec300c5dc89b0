"""Which rows those that have joined become, and plans, and what changes would mean."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tillit.agreements.loading.plan_shapes import (
    AdherenceShape,
    EffortShape,
    FocusAreaShape,
    ImpactCheckShape,
    OrientationShape,
    PlanShape,
    ReprioritisationShape,
)
from tillit.agreements.models import (
    Adherence,
    Agreement,
    Commitment,
    Effort,
    FocusArea,
    ImpactCheck,
    Measure,
    Orientation,
    Plan,
    Reprioritisation,
)
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.keys import joined
from tillit.kit.loading.plan import Plan as Load
from tillit.kit.loading.resolving import chunks
from tillit.kit.loading.wanted import Ref
from tillit.register.loading.refs import organisation_ref

PLANNED = {"title", "text", "stage", "decided_by", "dated"}
# In the order of writing, and what each stands within.
MODELS = (Adherence, Plan, FocusArea, Orientation, Effort, Reprioritisation, ImpactCheck)
OWNED: dict[type[Any], str] = {
    Adherence: "agreement",
    Reprioritisation: "before__orientation__agreement",
    Effort: "orientation__agreement",
    Orientation: "agreement",
    FocusArea: "plan__agreement",
    Plan: "agreement",
    ImpactCheck: "agreement",
}


def of(agreement: str) -> dict[str, Ref | None]:
    return {"agreement": Ref(Agreement, agreement)}


def want_adherence(owner: str, entry: Entry[AdherenceShape], load: Load) -> None:
    said = entry.shape
    load.want(
        Adherence,
        entry,
        key=said.key,
        otherwise=joined(owner, said.organisation),
        values=said.dates,
        refs={**of(owner), "organisation": organisation_ref(said.organisation)},
        cited=said.source,
    )


def want_plan(owner: str, entry: Entry[PlanShape], load: Load) -> None:
    said = entry.shape
    key = joined(owner, said.key)
    values = {**said.model_dump(include=PLANNED), **said.dates}
    if load.want(Plan, entry, key=key, values=values, refs=of(owner), cited=said.source):
        for area in entry.parts("focus_areas", said.focus_areas):
            want_area(key, area, load)


def want_area(plan: str, entry: Entry[FocusAreaShape], load: Load) -> None:
    said = entry.shape
    load.want(
        FocusArea,
        entry,
        key=joined(plan, str(said.year)),
        values=said.model_dump(include={"year", "title", "text"}),
        refs={"plan": Ref(Plan, plan)},
        cited=said.source,
    )


def want_orientation(owner: str, entry: Entry[OrientationShape], load: Load) -> None:
    said = entry.shape
    key = joined(owner, str(said.year))
    values = said.model_dump(include={*PLANNED, "year", "dialogue"})
    if load.want(Orientation, entry, key=key, values=values, refs=of(owner), cited=said.source):
        for effort in entry.parts("efforts", said.efforts):
            want_effort(key, effort, load)
        for instead in entry.parts("reprioritisations", said.reprioritisations):
            want_instead(key, instead, load)


def want_effort(year: str, entry: Entry[EffortShape], load: Load) -> None:
    said = entry.shape
    serving = {"measures": (Measure, said.measures), "commitments": (Commitment, said.commitments)}
    load.want(
        Effort,
        entry,
        key=joined(year, str(said.number)),
        values=said.model_dump(include={"number", "title", "text", "responsible", "state"}),
        refs={"orientation": Ref(Orientation, year), "lead": organisation_ref(said.lead, "lead")},
        many={
            name: [Ref(model, key, (name, number)) for number, key in enumerate(keys)]
            for name, (model, keys) in serving.items()
        },
        cited=said.source,
    )


def want_instead(year: str, entry: Entry[ReprioritisationShape], load: Load) -> None:
    said = entry.shape
    after = Ref(Effort, joined(year, str(said.after)), ("after",)) if said.after else None
    load.want(
        Reprioritisation,
        entry,
        key=joined(year, f"omprioritering-{said.before}"),
        values=said.model_dump(include={"reason", "dated", "decided_by"}),
        refs={"before": Ref(Effort, joined(year, str(said.before)), ("before",)), "after": after},
        cited=said.source,
    )


def want_check(owner: str, entry: Entry[ImpactCheckShape], load: Load) -> None:
    said = entry.shape
    texts = {"title", "text", "analysis", "closed_by", "view", "view_by"}
    days = {name: getattr(said, name) for name in ("opened_on", "closed_on", "view_on")}
    load.want(
        ImpactCheck,
        entry,
        key=joined(owner, said.key),
        values={
            **said.model_dump(include=texts),
            **{name: date.fromisoformat(day) if day else None for name, day in days.items()},
        },
        refs={**of(owner), "organisation": organisation_ref(said.organisation)},
        cited=said.source,
    )


LISTS: dict[str, Callable[[str, Entry[Any], Load], None]] = {
    "adherences": want_adherence,
    "plans": want_plan,
    "orientations": want_orientation,
    "impact_checks": want_check,
}


def refuse_double_adherence(load: Load) -> None:
    """An organisation has joined an agreement once at a time, by the files and the database together."""
    rows: dict[tuple[str, str], list[Adherence]] = defaultdict(list)
    wanted = {it.key: it for it in load.of(Adherence) if it.is_whole}
    agreements = {it.row.pk for it in load.of(Agreement)} - {None}
    stored = (
        row
        for chunk in chunks(agreements)
        for row in Adherence.objects.filter(agreement__in=chunk).select_related(
            "organisation", "agreement"
        )
        if row.key not in load.wanted[Adherence]
    )
    for row in (*stored, *(it.row for it in wanted.values())):
        others = rows[row.agreement.key, row.organisation.key]
        if row.key in wanted and any(row.meets(other) for other in others):
            load.faults.add(
                wanted[row.key].entry.spot("period"),
                _("%(name)s has joined already then") % {"name": row.organisation.key},
                _("let one end where the other begins"),
            )
        others.append(row)
