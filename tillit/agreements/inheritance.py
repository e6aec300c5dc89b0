"""The principles of an agreement beside those of the one that it builds on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tillit.agreements.models import Principle


class Way(StrEnum):
    """How a principle came here."""

    KEPT = "kept"
    REWORDED = "reworded"
    ADDED = "added"

    @property
    def label(self) -> str:
        words = {
            Way.KEPT: _("taken over as it is"),
            Way.REWORDED: _("reworded here"),
            Way.ADDED: _("added here"),
        }
        return str(words[self])


@dataclass(frozen=True)
class Inherited:
    """A principle, how it came here, and what it was above."""

    principle: Principle
    way: Way | None  # None: the agreement builds on none, or nothing is known of it
    above: Principle | None = None


def inherited(mine: Sequence[Principle], above: Iterable[Principle]) -> list[Inherited]:
    """The principles, each with how it came here. Without any above there is nothing to tell."""
    known = {it.pk for it in above}
    found = []
    for it in mine:
        origin = it.taken_from
        if origin is None:
            found.append(Inherited(it, Way.ADDED if known else None))
            continue
        same = (it.heading, it.text or origin.text) == (origin.heading, origin.text)
        found.append(Inherited(it, Way.KEPT if same else Way.REWORDED, origin))
    return found


def left_out(mine: Sequence[Principle], above: Iterable[Principle]) -> list[Principle]:
    """Those above that none here was taken from; nothing where none here says where it is from."""
    taken = {it.taken_from_id for it in mine} - {None}
    return [it for it in above if it.pk not in taken] if taken else []
