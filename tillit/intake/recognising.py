"""What the rows of a list say, held against what there is. Nothing is written but the draft."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.intake.beginning import grid_of, locked
from tillit.intake.columns import values_of
from tillit.intake.models import Intake, IntakeRow, Stage
from tillit.intake.rules import kind_of, may_go_on
from tillit.kit.access import viewer_for
from tillit.kit.bringing import Fate, Found, Setting
from tillit.kit.circles import Viewer
from tillit.kit.grids.grid import Line
from tillit.kit.loading.resolving import chunks
from tillit.kit.refusal import Refused

AT_ONCE = 300  # rows that somebody can wait for


def setting_of(intake: Intake, viewer: Viewer, now: datetime) -> Setting:
    return Setting(viewer, timezone.localdate(now), intake.about, intake.on)


def owner_of(intake: Intake) -> Viewer:
    """The owner as a viewer of today, in the capacity in which the list was brought. Raises Refused."""
    account = intake.owner.account_id
    viewer = viewer_for(account, intake.capacity) if account else Viewer()
    if not may_go_on(viewer, intake):
        raise Refused(_("You don't have that mandate today. Choose one of your own."), 403)
    return viewer


def begin(intake: Intake, columns: Sequence[str], now: datetime) -> Intake:
    """The reading is right: the rows are to be recognised."""
    with transaction.atomic():
        it = locked(intake, Stage.READING, Stage.PREVIEW)
        it.columns, it.stage, it.touched_at = list(columns), Stage.RECOGNISING, now
        it.trouble, it.done = "", 0
        it.save()
    return it


def recognise(intake: Intake, viewer: Viewer, now: datetime) -> None:
    """Write the rows of the draft with what was found. Begun anew it does no harm."""
    kind, lines = kind_of(intake), lines_of(intake)
    cells = [values_of(line, intake.columns) for line in lines]
    found = kind.recognise(cells, setting_of(intake, viewer, now))
    remarks = [remarks_on(line, width) for width in [usual_width(intake, lines)] for line in lines]
    rows = (
        row_of(intake, number, values, it, said)
        for number, (values, it, said) in enumerate(zip(cells, found, remarks, strict=True), 1)
    )
    with transaction.atomic():
        it = locked(intake, Stage.RECOGNISING)
        it.rows.all().delete()
        for some in chunks(rows):
            IntakeRow.objects.bulk_create(some)
        it.stage, it.count = Stage.PREVIEW, len(lines)
        it.save(update_fields=["stage", "count"])


def lines_of(intake: Intake) -> list[Line]:
    """The rows without their heads."""
    return list(grid_of(intake).lines[intake.has_head :])


def usual_width(intake: Intake, lines: Sequence[Line]) -> int:
    """How many cells a row has: as many as the heads, or as most rows."""
    if intake.has_head:
        return len(grid_of(intake).lines[0].cells)
    return Counter(len(line.cells) for line in lines).most_common(1)[0][0] if lines else 0


def remarks_on(line: Line, width: int) -> Iterator[str]:
    yield from line.remarks
    if len(line.cells) > width:
        extra = " · ".join(line.cells[width:])[:200]
        yield _("The row has more cells than there are columns: %(cells)s") % {"cells": extra}


def row_of(
    intake: Intake, number: int, values: dict[str, str], found: Found, remarks: Iterator[str]
) -> IntakeRow:
    found.remarks[:0] = remarks
    row = IntakeRow(intake=intake, number=number, cells=values, found=found.kept())
    row.is_doubtful = bool(found.remarks or found.fault or found.alike or found.question)
    settled = Fate.SKIP if found.fault else Fate.NEW
    row.decide("" if found.alike else settled, answer=None)
    return row
