"""A list is brought: what it is, and how it is likely to be read."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tillit.intake.columns import guess_columns, guess_head
from tillit.intake.models import Intake, Stage
from tillit.intake.rules import kind_of
from tillit.kit.changes import new_key
from tillit.kit.circles import Viewer
from tillit.kit.grids.grid import Grid
from tillit.kit.grids.reading import Reading, guess, read
from tillit.kit.refusal import Refused
from tillit.register.standing import person_of


def begin(said: Mapping[str, str], data: bytes, viewer: Viewer, now: datetime) -> Intake:
    """A draft of the viewer's. Raises Refused, with words, for what can't be read as a list."""
    owner, chosen = person_of(viewer), viewer.chosen
    if owner is None or chosen is None:
        raise Refused(_("You don't have that mandate today. Choose one of your own."), 403)
    it = Intake(
        key=new_key(),
        owner=owner,
        capacity=chosen.key,
        behalf=chosen.behalf,
        language=get_language() or "sv",
        data=data,
        touched_at=now,
        **said,
    )
    reading = guess(data)
    take_reading(it, reading, read(data, reading))
    it.save(force_insert=True)
    return it


def grid_of(intake: Intake) -> Grid:
    """The list as it is read now. Raises Refused."""
    return read(bytes(intake.data), intake.as_read)


def take_reading(it: Intake, reading: Reading, grid: Grid, *, has_head: bool | None = None) -> None:
    """Read it so, with the columns guessed anew."""
    fields = kind_of(it).fields
    it.has_head = guess_head(grid, fields) if has_head is None else has_head
    it.columns = guess_columns(grid, fields, has_head=it.has_head)
    it.reading = reading.kept()
    it.count = len(grid.lines) - it.has_head


def locked(intake: Intake, *stages: Stage) -> Intake:
    """The draft, which nothing else can take further until the transaction ends. Raises Refused."""
    rows = Intake.objects.select_for_update(of=("self",)).select_related("owner")
    it: Intake | None = rows.filter(pk=intake.pk).first()
    if it is None:
        raise Refused(_("It is no longer there."), 404)
    if it.stage not in stages:
        raise Refused(_("The import has come further meanwhile. Open it again."), 409)
    return it


def read_anew(
    intake: Intake, reading: Reading, now: datetime, *, has_head: bool | None = None
) -> None:
    """Correct how the list is read. Raises Refused when it can't be read so."""
    grid = read(bytes(intake.data), reading)
    with transaction.atomic():
        it = locked(intake, Stage.READING, Stage.PREVIEW)
        take_reading(it, reading, grid, has_head=has_head)
        it.rows.all().delete()
        it.stage, it.touched_at, it.trouble = Stage.READING, now, ""
        it.save()


def throw_away(intake: Intake) -> None:
    """Away with the draft and all that it held. What was written stays."""
    with transaction.atomic():
        rows = Intake.objects.select_for_update().filter(pk=intake.pk)
        it = rows.first()
        if it and it.is_under_way:
            raise Refused(_("It is under way just now. Wait until it has ended."), 409)
        rows.delete()
