"""One period of two that say the same and meet: from the earliest beginning to the latest end."""

from typing import Any

from django.core.exceptions import ValidationError

from tillit.kit.bounds import Bound
from tillit.kit.periods import Period, read_seen, seen_within

OPEN, UNKNOWN = "..", ""


def joined(one: Any, other: Any) -> dict[str, str]:
    """`start`, `end` and `seen` of both. Two dated rows, each with a period that can be read.

    A bound that is known tells more than one that is not, unless the row has been seen beyond it.
    """
    bounds = {
        "start": _earliest(one.period.start, other.period.start),
        "end": _latest(one.period.end, other.period.end),
        "seen": _seen(one.seen, other.seen),
    }
    for dropped in ("", "start", "end", "both"):
        tried = _without(bounds, dropped)
        try:
            Period.read(tried["start"], tried["end"], tried["seen"], one.reach)
        except ValidationError:
            continue
        return tried
    return {"start": one.start, "end": one.end, "seen": one.seen}


def ended_with(row: Any, twin: Any) -> dict[str, str]:
    """The end of the twin, where that came before the row's own; nothing where it did not."""
    if twin.period.end.latest >= row.period.end.latest:
        return {}
    start = row.start if row.period.start.earliest <= twin.period.end.latest else twin.start
    return {"start": start, "end": twin.end, "seen": seen_within(row.seen, start, twin.end)}


def _without(bounds: dict[str, str], dropped: str) -> dict[str, str]:
    """The bounds, without one that what was seen contradicts."""
    return {
        name: UNKNOWN if name == dropped or (dropped == "both" and name != "seen") else text
        for name, text in bounds.items()
    }


def _earliest(one: Bound, other: Bound) -> str:
    if OPEN in {one.text, other.text}:
        return OPEN
    known = [it for it in (one, other) if not it.is_unknown]
    return min(known, key=lambda it: it.earliest).text if known else UNKNOWN


def _latest(one: Bound, other: Bound) -> str:
    if OPEN in {one.text, other.text}:
        return OPEN
    known = [it for it in (one, other) if not it.is_unknown]
    return max(known, key=lambda it: it.latest).text if known else UNKNOWN


def _seen(one: str, other: str) -> str:
    """From when it was first seen to when it was last, in the words of whichever says so."""
    if not (one and other) or one == other:
        return one or other
    firsts, lasts = zip(*(_ends(it) for it in (one, other)), strict=True)
    first = min(firsts, key=lambda it: read_seen(it)[0].earliest)  # type: ignore[union-attr]
    last = max(lasts, key=lambda it: read_seen(it)[1].latest)  # type: ignore[union-attr]
    return first if first == last else f"{first}/{last}"


def _ends(seen: str) -> tuple[str, str]:
    first, _slash, last = seen.partition("/")
    return first, last or first
