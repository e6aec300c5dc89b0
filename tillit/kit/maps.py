"""A map for a page: shapes with a value each, always beside a list that says the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

STEPS = 9


@dataclass(frozen=True)
class MapShape:
    """One place: its path, page, name, value in words, and step 0 to 9 of the colour scale."""

    d: str
    name: str
    value: str = ""
    url: str = ""
    step: int = 0
    x: int = 0
    y: int = 0
    label: str = ""
    is_here: bool = False
    look: "Look | None" = None  # instead of a step


@dataclass(frozen=True)
class Look:
    """A state in which places may be, told by colour, by pattern, by a sign and in words."""

    name: str  # of its class
    words: str | Promise
    is_hatched: bool = False
    sign: str = ""


@dataclass(frozen=True)
class Map:
    """A map. `outlines` are drawn over the shapes without being told of, such as county borders.

    `credit` names whose the shapes are, `looks` explains the states that its places may be in.
    """

    title: str | Promise
    box: str
    shapes: Sequence[MapShape]
    outlines: Sequence[str] = ()
    credit: str = ""
    looks: Sequence[Look] = ()


def step_of(value: int, highest: int) -> int:
    """The step of the colour scale: 0 for nothing, else 1 to 9 by the share of the highest value."""
    if value <= 0 or highest <= 0:
        return 0
    return max(1, round(value / highest * STEPS))
