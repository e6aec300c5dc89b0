"""What may be done with a dated fact: the world changed, or we were wrong.

Each is done within a `Together`, so that it is noted, held against rules and undone as one.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tillit.kit.bounds import Bound, Edge, Precision, read_bound
from tillit.kit.days import format_bound
from tillit.kit.fields import Derived
from tillit.kit.models import Dated
from tillit.kit.together import Together

OWN_TO_EACH = {"id", "key", "circle", "also", "start", "end", "seen"}
Columns = dict[str, Any]


def add(it: Together, row: Any, sets: Columns, day: date) -> Any:
    """Write a new fact. That it holds today is known, since somebody says so today."""
    if isinstance(row, Dated) and holds(row.start, row.end, day):
        row.seen = day.isoformat()
    return it.create(row, sets)


def change(it: Together, row: Any, later: Any, start: str, day: date) -> Any:
    """It has changed: the old row ends where the new one begins.

    Raises ValidationError when it had not begun by then, or had ended.
    """
    refuse_start(row, start)
    ends, begins = parted(start, day)
    if ends == row.start:  # "2024/2024" would say that it held all through the year
        ends = between(ends)
    later.start, later.end = begins, row.end
    it.change(row, row.bounded(end=ends))
    return add(it, later, {}, day)


def end(it: Together, row: Any, last: str, day: date) -> None:
    """It has ended. Of an end that is not known it is known that it lies behind us."""
    it.change(row, row.bounded(end=last or by(day)))


def correct(it: Together, row: Any, new: Columns) -> None:
    """It was wrong: put it right where it stands."""
    bounds = {name: new[name] for name in ("start", "end") if name in new}
    it.change(row, {**new, **row.bounded(**bounds)} if bounds else new)


def copy_of(row: Any) -> Any:
    """A new row that says the same, for another period."""
    own = {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields  # noqa: SLF001
        if field.name not in OWN_TO_EACH and not isinstance(field, Derived)
    }
    return type(row)(**own)


def parted(start: str, day: date) -> tuple[str, str]:
    """The end of what was and the beginning of what is, as far as the day of the change is known.

    Of a change in a year or a month it is not known on which side of it a day lies.
    """
    bound = read_bound(start, Edge.START)
    if bound.is_unknown:
        return by(day), by(day)
    if bound.precision is Precision.DAY:
        return (bound.earliest - timedelta(days=1)).isoformat(), start
    return start, start


def by(day: date) -> str:
    """Some day, at the latest the given one."""
    return f"[..{day}]"


def between(text: str) -> str:
    """Some day in the year or month."""
    bound = read_bound(text, Edge.END)
    return f"[{bound.earliest}..{bound.latest}]"


def holds(start: str, end: str, day: date) -> bool:
    """Whether it can hold on the day by what is said of its bounds."""
    begins, ends = read_bound(start, Edge.START), read_bound(end, Edge.END)
    return begins.earliest <= day <= ends.latest


def refuse_start(row: Dated, start: str) -> None:
    """Raise ValidationError when the row does not reach the day on which it is said to change."""
    begins = read_bound(start, Edge.START)
    began, ended = read_bound(row.start, Edge.START), read_bound(row.end, Edge.END)
    if is_before(begins, began):
        said = _("It began %(day)s. Write a later day, or say that it was wrong.")
        raise ValidationError({"start": said % {"day": format_bound(began)}}, code="early")
    if ended.latest < begins.earliest and not begins.is_unknown:
        said = _("It had ended by then (%(day)s). Add what came later as something new.")
        raise ValidationError({"start": said % {"day": format_bound(ended)}}, code="late")


def is_before(begins: Bound, began: Bound) -> bool:
    """Whether a change on the one leaves nothing of what began on the other."""
    if begins.is_unknown or began.is_limitless:
        return False
    if begins.precision is Precision.DAY:
        return begins.earliest <= began.earliest
    return begins.latest < began.earliest
