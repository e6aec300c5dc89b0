"""Long lists, a page at a time, by key and not by number: page 5 000 costs what page 1 does."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from tillit.kit.refusal import Refused

M = TypeVar("M", bound=Model)
PAGE = 50
FORWARD, BACKWARD = "n", "p"


@dataclass(frozen=True)
class Slice(Generic[M]):
    """The rows of one page, the number of all rows, and the cursors of its neighbours."""

    rows: list[M]
    count: int
    next: str | None
    previous: str | None


def write_cursor(direction: str, values: list[str]) -> str:
    return urlsafe_b64encode(json.dumps([direction, *values]).encode()).decode().rstrip("=")


def read_cursor(cursor: str, length: int) -> tuple[str, list[str]]:
    """The direction and the values of the row to go on from. Raises Refused when it is none of ours."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        direction, *values = json.loads(urlsafe_b64decode(padded.encode("ascii")))
        if direction not in {FORWARD, BACKWARD} or len(values) != length:
            raise ValueError(cursor)
        if not all(isinstance(value, str) and "\0" not in value for value in values):
            raise ValueError(cursor)
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise broken_link() from None
    return direction, values


def broken_link() -> Refused:
    return Refused(_("The link to this page of the list is broken. Begin with the first page."))


def slice_of(
    rows: QuerySet[M],
    cursor: str = "",
    *,
    by: tuple[str, str] = ("sort_key", "key"),
    size: int = PAGE,
    count: int | None = None,
) -> Slice[M]:
    """The page of `rows` that the cursor points at, ordered by two columns, the last unique.

    A column with “-” before it goes from the last to the first: `("-at", "key")`.
    """
    direction, values = read_cursor(cursor, len(by)) if cursor else (FORWARD, [])
    backward = direction == BACKWARD
    going = (turned(by[0]), turned(by[1])) if backward else by
    ordered = rows.order_by(*going)
    try:
        if values:
            ordered = ordered.filter(_beyond(going, values))
        found = list(ordered[: size + 1])
    except (ValueError, ValidationError):  # a cursor that somebody wrote by hand
        raise broken_link() from None
    more, found = len(found) > size, found[:size]
    if count is None:
        is_whole = not values and not more
        count = len(found) if is_whole else rows.order_by().count()
    if backward:
        found.reverse()
    has_next, has_previous = (True, more) if backward else (more, bool(values))
    return Slice(
        rows=found,
        count=count,
        next=_cursor(FORWARD, found[-1], by) if found and has_next else None,
        previous=_cursor(BACKWARD, found[0], by) if found and has_previous else None,
    )


def turned(name: str) -> str:
    """The column in the other direction."""
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(going: tuple[str, str], values: list[str]) -> Q:
    first, last = (
        f"{name.removeprefix('-')}__{'lt' if name.startswith('-') else 'gt'}" for name in going
    )
    # The first condition looks needless; it lets the databases walk the index.
    return Q(**{f"{first}e": values[0]}) & (Q(**{first: values[0]}) | Q(**{last: values[1]}))


def _cursor(direction: str, row: Any, by: tuple[str, str]) -> str:
    return write_cursor(direction, [_value(row, name) for name in by])


def _value(row: Any, name: str) -> str:
    for step in name.removeprefix("-").split("__"):
        row = getattr(row, step)
    return str(row)
