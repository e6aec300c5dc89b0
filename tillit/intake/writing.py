"""What was confirmed is written, all of it in one act; and that act is undone as one."""

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tillit.intake.beginning import locked
from tillit.intake.models import Intake, IntakeRow, Stage
from tillit.intake.recognising import setting_of
from tillit.intake.rules import kind_of
from tillit.kit.bringing import Confirmed, Fate
from tillit.kit.changes import Actor, together, undo
from tillit.kit.circles import Viewer
from tillit.kit.refusal import Refused


def confirm(intake: Intake, now: datetime) -> Intake:
    """Somebody has looked it through and says yes. Raises Refused while something is open."""
    with transaction.atomic():
        it = locked(intake, Stage.PREVIEW)
        if it.rows.open().exists():
            raise Refused(_("Some rows wait for a decision. Nothing has been written."), 409)
        if not it.rows.exclude(choice=Fate.SKIP).exists():
            raise Refused(_("All rows are left out, so there is nothing to write."), 409)
        take_stage(it, Stage.WRITING, now)
    return it


def write(intake: Intake, viewer: Viewer, now: datetime) -> None:
    """Write all of it, or nothing: then it is to be looked through again, and says why."""
    try:
        with transaction.atomic():
            write_in(locked(intake, Stage.WRITING), viewer, now)
    except (Refused, ValidationError) as error:
        fall_back(intake, Stage.WRITING, Stage.PREVIEW, in_words(error))


def write_in(it: Intake, viewer: Viewer, now: datetime) -> None:
    kind, setting = kind_of(it), setting_of(it, viewer, now)
    kind.lock()
    rows = list(confirmed(it))
    if news := kind.changed_since(rows, setting):
        look_again(it, news)
        return
    with together(Actor.of(viewer), it.title) as act:
        kind.write(rows, setting, act)
    it.activity = act.first
    it.stage, it.touched_at, it.trouble = Stage.WRITTEN, now, ""
    it.save(update_fields=["activity", "stage", "touched_at", "trouble"])


def look_again(it: Intake, numbers: set[int]) -> None:
    """Somebody else has entered what looks the same meanwhile: the rows are recognised anew."""
    listed = ", ".join(map(str, sorted(numbers)[:20]))
    said = _("Others have entered the same meanwhile (rows %(rows)s). Recognise the rows again.")
    it.stage, it.trouble = Stage.READING, said % {"rows": listed}
    it.save(update_fields=["stage", "trouble"])


def confirmed(intake: Intake) -> Iterator[Confirmed]:
    for row in intake.rows.order_by("number").iterator():
        yield of_row(row)


def of_row(row: IntakeRow) -> Confirmed:
    what, _colon, which = row.choice.partition(":")
    return Confirmed(
        number=row.number,
        values=row.cells,
        fate=Fate.SAME if which else Fate(what),
        key=which if what == Fate.SAME else "",
        row=int(which) if what == "row" else 0,
        answer=bool(row.answer),
        shown=[it["key"] for it in row.found.get("alike", ())],
    )


def begin_undoing(intake: Intake, now: datetime) -> Intake:
    with transaction.atomic():
        it = locked(intake, Stage.WRITTEN)
        take_stage(it, Stage.UNDOING, now)
    return it


def take_back(intake: Intake, viewer: Viewer, now: datetime) -> None:
    """Undo the whole import as one, unless something of it has been changed since."""
    try:
        with transaction.atomic():
            it = locked(intake, Stage.UNDOING)
            if it.activity is None:
                raise Refused(_("There is nothing to undo."), 409)
            undo(it.activity, Actor.of(viewer))
            take_stage(it, Stage.UNDONE, now)
    except (Refused, ValidationError) as error:
        fall_back(intake, Stage.UNDOING, Stage.WRITTEN, in_words(error))


def take_stage(it: Intake, stage: Stage, now: datetime) -> None:
    it.stage, it.touched_at, it.trouble = stage, now, ""
    it.save(update_fields=["stage", "touched_at", "trouble"])


def fall_back(intake: Intake, stage: Stage, to: Stage, why: str) -> None:
    Intake.objects.filter(pk=intake.pk, stage=stage).update(stage=to, trouble=why)


def in_words(error: Refused | ValidationError) -> str:
    return str(error) if isinstance(error, Refused) else " ".join(error.messages)
