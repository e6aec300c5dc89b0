"""What was changed of an agreement, in words; and what of that may be taken back by whom."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat, Left, NullIf

from tillit.agreements import rules
from tillit.agreements.models import (
    Adoption,
    Agreement,
    Commitment,
    CommitmentFollowUp,
    Definition,
    Measure,
    MeasureFollowUp,
    MeasureStatus,
    Party,
    Principle,
    Section,
    Version,
)
from tillit.agreements.standing import chosen_party
from tillit.kit.changes import BY_COMMAND, model_of
from tillit.kit.circles import Viewer
from tillit.kit.models import Activity, Verb
from tillit.register.naming import NONE, TEXT, Callings
from tillit.register.telling import Told, undoable_among
from tillit.register.telling import told as told_of

BRIEFLY = 90


def text(*parts: Any) -> Concat:
    return Concat(*parts, output_field=TEXT)


def as_text(column: str) -> Cast:
    return Cast(column, CharField(max_length=20))


# What rows are called in the list of changes.
CALLED: Callings = {
    Agreement: (F("title"), NONE, None),
    Party: (
        Coalesce(NullIf("title", Value("")), "organisation__name", output_field=TEXT),
        NONE,
        None,
    ),
    Version: (F("label"), NONE, None),
    Section: (text("number", Value(" "), "heading"), NONE, None),
    Definition: (F("term"), NONE, None),
    Principle: (text(as_text("number"), Value(". "), "heading"), NONE, None),
    Commitment: (Left("text", BRIEFLY, output_field=TEXT), NONE, None),
    Measure: (text(as_text("number"), Value(". "), "title"), NONE, None),
    MeasureFollowUp: (text("measure__title", Value(", "), as_text("year")), NONE, None),
    CommitmentFollowUp: (
        text(Left("commitment__text", BRIEFLY), Value(", "), as_text("year")),
        NONE,
        None,
    ),
    MeasureStatus: (F("measure__title"), NONE, None),
    Adoption: (F("organisation__name"), NONE, None),
}
# What people write over, and may take back; the rest are deeds, which are taken back in their own way.
COMMON = (Agreement, Party, Version, Section, Definition, Principle, Measure)
OF_A_SIDE = (Commitment, CommitmentFollowUp, MeasureFollowUp, MeasureStatus)
PARTS = (Section, Definition, Principle, Commitment, Measure)


def changes_of(agreement: Agreement, viewer: Viewer) -> Any:
    return Activity.objects.visible_to(viewer).filter(about=agreement.subject)


def changes_of_version(version: Version, viewer: Viewer) -> Any:
    """Of the version and its parts, also of those that have been removed."""
    changes = changes_of(version.agreement, viewer)
    born = Activity.objects.filter(
        about=version.agreement.subject, verb=Verb.CREATED, changes__version__1=version.key
    )
    gone = Q(verb=Verb.REMOVED, changes__version__0=version.key)
    parts = Q(subject__in=born.values("subject")) | Q(subject__in=list(subjects_of(version)))
    return changes.filter(parts | gone | Q(subject=version.subject))


def subjects_of(version: Version) -> Iterable[str]:
    """Its parts as they are now. One question."""
    first, *others = [
        model._default_manager.filter(version=version)  # noqa: SLF001
        .order_by()
        .annotate(told_noun=Value(model.noun, output_field=TEXT))
        .values_list("told_noun", "key")
        for model in PARTS
    ]
    for noun, key in first.union(*others, all=True):
        yield f"{noun}:{key}"


def tell(activities: Sequence[Activity], viewer: Viewer, agreement: Agreement) -> list[Told]:
    """Who did it is told to those who act for a party."""
    undoable: set[int] = set()
    if rules.may_draft(viewer, agreement):
        undoable = undoable_among(activities, undoing_by(viewer, agreement, activities))
    is_inside = agreement.parties_circle in viewer.circles
    return told_of(activities, viewer, undoable, CALLED, is_inside=is_inside)


def undoing_by(
    viewer: Viewer, agreement: Agreement, activities: Sequence[Activity]
) -> Callable[[Activity], bool]:
    """Whether the viewer may take back one of the changes, given that it is the last."""
    drafts = open_drafts(viewer, agreement)
    sides, versions = sides_of(activities), versions_of(agreement, drafts)
    party = chosen_party(viewer, agreement)
    own = party.side if party else ""

    def may(it: Activity) -> bool:
        if not it.changes or it.actor.startswith(BY_COMMAND):
            return False
        model: Any = model_of(it.subject)
        if model in PARTS and (version_said(it) or versions.get(it.subject)) not in drafts:
            return False
        if model is Version:
            return it.subject.partition(":")[2] in drafts and "stage" not in changed(it)
        if model in OF_A_SIDE:
            return sides.get(it.subject) == own
        if model is Party:
            side = sides.get(it.subject, "")
            return rules.may_write_party(viewer, agreement, side)
        return model in COMMON

    return may


def changed(it: Activity) -> set[str]:
    return set(it.changes) if it.verb == Verb.CHANGED else set()


def open_drafts(viewer: Viewer, agreement: Agreement) -> set[str]:
    """The keys of the drafts whose wording the viewer may change."""
    rows = Version.objects.filter(agreement=agreement).drafts_unbound()
    return set(rows.values_list("key", flat=True))


def versions_of(agreement: Agreement, drafts: set[str]) -> dict[str, str]:
    """The parts of the drafts, each with the key of its version. One question."""
    first, *others = [
        model._default_manager.filter(version__agreement=agreement, version__key__in=drafts)  # noqa: SLF001
        .order_by()
        .annotate(told_noun=Value(model.noun, output_field=TEXT))
        .values_list("told_noun", "key", "version__key")
        for model in PARTS
    ]
    rows = first.union(*others, all=True) if drafts else ()
    return {f"{noun}:{key}": version for noun, key, version in rows}


def version_said(it: Activity) -> str:
    """The key of the version that a row belonged to, where the change tells it."""
    said = it.changes.get("version")
    return str(said[0] or said[1]) if said else ""


def sides_of(activities: Sequence[Activity]) -> dict[str, str]:
    """The side of each of the rows that have one, as they are or were."""
    found: dict[str, str] = {}
    for it in activities:
        said = it.changes.get("side")
        if said:
            found[it.subject] = said[0] or said[1]
    for model in (*OF_A_SIDE, Party):
        column = "commitment__side" if model is CommitmentFollowUp else "side"
        keys = {
            it.subject.partition(":")[2]
            for it in activities
            if it.subject.startswith(f"{model.noun}:") and it.subject not in found
        }
        rows: Any = model._default_manager.filter(key__in=keys)  # noqa: SLF001
        for key, side in rows.values_list("key", column) if keys else ():
            found[f"{model.noun}:{key}"] = side
    return found
