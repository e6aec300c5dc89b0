"""What was changed of an agreement, in words; and what of that may be taken back by whom."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat, Left, NullIf

from tillit.agreements import rules
from tillit.agreements.models import (
    Adoption,
    Agreement,
    Aim,
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
    Aim: (Left("text", BRIEFLY, output_field=TEXT), NONE, None),
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
# What a side writes; deeds such as adoptions are taken back in their own way.
OF_A_SIDE = (Commitment, CommitmentFollowUp, MeasureFollowUp, MeasureStatus)
PARTS = (Section, Aim, Definition, Principle, Commitment, Measure)


def changes_of(agreement: Agreement, viewer: Viewer) -> Any:
    return Activity.objects.visible_to(viewer).filter(about=agreement.subject)


def changes_of_version(version: Version, viewer: Viewer) -> Any:
    """Of the version and its parts, also of those that have been removed."""
    changes = changes_of(version.agreement, viewer)
    born = Activity.objects.filter(
        about=version.agreement.subject, verb=Verb.CREATED, changes__version__1=version.key
    )
    gone = Q(verb=Verb.REMOVED, changes__version__0=version.key)
    parts = Q(subject__in=born.values("subject"))
    for model in PARTS:
        parts |= Q(subject__in=subjects_of(model, version))
    return changes.filter(parts | gone | Q(subject=version.subject))


def subjects_of(model: Any, version: Version) -> Any:
    """Its parts of a noun as they are now; a part of the question."""
    rows = model._default_manager.filter(version=version).order_by()  # noqa: SLF001
    return rows.values_list(text(Value(f"{model.noun}:"), "key"), flat=True)


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
    versions = open_drafts(agreement)
    drafts, sides = set(versions.values()), sides_of(activities)
    whole = of_whole_drafts(activities)
    party = chosen_party(viewer, agreement)
    own = party.side if party else ""

    def may(it: Activity) -> bool:
        if not it.changes or it.actor.startswith(BY_COMMAND):
            return False
        model: Any = model_of(it.subject)
        at = version_said(it) or versions.get(it.subject, "")
        if (it.part_of_id or it.pk) in whole:
            return model in {*PARTS, Version} and (it.verb == Verb.REMOVED or at in drafts)
        if model is Version or model in PARTS:
            told = model is Version and "stage" in changed(it)
            of_other = model is Commitment and sides.get(it.subject) != own
            return at in drafts and not told and not of_other
        return may_beside(it, model)

    def may_beside(it: Activity, model: Any) -> bool:
        """Of what is no part of a version."""
        side = sides.get(it.subject, "")
        if model is Party:
            return rules.may_write_party(viewer, agreement, side)
        return side == own if model in OF_A_SIDE else model is Agreement

    return may


def of_whole_drafts(activities: Sequence[Activity]) -> set[int]:
    """The firsts of what was done together when a draft was begun or taken away, by whichever side."""
    firsts = {it.part_of_id or it.pk for it in activities}
    rows = Activity.objects.filter(
        Q(part_of__in=firsts) | Q(pk__in=firsts),
        subject__startswith=f"{Version.noun}:",
        verb__in=[Verb.CREATED, Verb.REMOVED],
    )
    return {first or pk for first, pk in rows.values_list("part_of_id", "pk")}


def changed(it: Activity) -> set[str]:
    return set(it.changes) if it.verb == Verb.CHANGED else set()


def open_drafts(agreement: Agreement) -> dict[str, str]:
    """The drafts whose wording may be changed, and their parts: each with the key of the version.

    One question.
    """
    drafts = Version.objects.filter(agreement=agreement).drafts_unbound().order_by()
    itself = drafts.annotate(told_noun=Value(Version.noun, output_field=TEXT))
    parts = [
        model._default_manager.filter(version__in=drafts.values("pk"))  # noqa: SLF001
        .order_by()
        .annotate(told_noun=Value(model.noun, output_field=TEXT))
        .values_list("told_noun", "key", "version__key")
        for model in PARTS
    ]
    rows = itself.values_list("told_noun", "key", F("key")).union(*parts, all=True)
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
