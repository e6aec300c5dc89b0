"""Lines and steps as SVG paths. Numbers become text here, since templates write 1,5 in Swedish."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from math import ceil, floor, log10

from django.utils.translation import gettext as _

from tillit.kit.typography import figure

WIDTH, HEIGHT = 480, 248
TOP, BOTTOM, RIGHT = 16, 32, 8
FLOOR = HEIGHT - BOTTOM
LETTER, LARGE_LETTER = 6.5, 10.5  # units: the width of a letter, and of one on a narrow screen
GAP = 10  # units between two labels
MOST_STEPS = 5  # between the numbers of an axis
MILLION = 1_000_000

Value = tuple[float | None, bool]  # the figure, and whether it is assumed
Position = tuple[float, float]


@dataclass(frozen=True)
class Piece:
    """A straight piece of a line."""

    points: list[Position]
    is_assumed: bool


@dataclass(frozen=True)
class Stroke:
    """A piece of a line, drawn whole or, when assumed, dashed."""

    d: str
    area: str
    is_assumed: bool


@dataclass(frozen=True)
class Dot:
    x: str
    y: str
    is_assumed: bool


@dataclass(frozen=True)
class Line:
    tone: str
    strokes: list[Stroke]
    dots: list[Dot]


@dataclass(frozen=True)
class Mark:
    """A label beside an axis. `is_minor`: left out where it is narrow."""

    at: str
    text: str
    is_minor: bool = False


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def ticks_up_to(highest: float) -> list[float]:
    """A few round numbers, from nought to at least the highest; whole ones above one."""
    if highest <= 0:
        return [0, 1]
    size = 10 ** floor(log10(highest))
    steps = [size * part for part in (0.2, 0.25, 0.5, 1, 2) if highest <= 1 or not size * part % 1]
    step = next(step for step in steps if highest / step <= MOST_STEPS)
    return [step * count for count in range(ceil(highest / step) + 1)]


@dataclass(frozen=True)
class Drawing:
    """Several lines over common labels, in a box of 480 × 248 units."""

    kind: str
    values: Sequence[tuple[str, Sequence[Value]]]
    labels: Sequence[str]
    highest: float

    box = f"0 0 {WIDTH} {HEIGHT}"

    @cached_property
    def ticks(self) -> list[float]:
        return ticks_up_to(self.highest)

    @cached_property
    def left(self) -> float:
        return GAP + LARGE_LETTER * max(len(self._tick(value)) for value in self.ticks)

    @property
    def start(self) -> str:
        return number(self.left)

    @property
    def heights(self) -> list[Mark]:
        return [Mark(number(self._y(value)), self._tick(value)) for value in self.ticks]

    @property
    def feet(self) -> list[Mark]:
        """The labels below: the last one always, and no more than there is room for."""
        last, every = len(self.labels) - 1, self._one_label_of(LETTER)
        large = every * ceil(self._one_label_of(LARGE_LETTER) / every)
        return [
            Mark(number(self._middle(i)), label, is_minor=bool((last - i) % large))
            for i, label in enumerate(self.labels)
            if (last - i) % every == 0
        ]

    def _one_label_of(self, letter: float) -> int:
        """Of how many neighbouring labels there is room for one."""
        longest = max(map(len, self.labels), default=0) * letter + GAP
        return ceil(longest / self._band)

    @cached_property
    def lines(self) -> list[Line]:
        return [
            Line(tone, strokes_of(self._pieces(values)), self._dots(values))
            for tone, values in self.values
        ]

    def _tick(self, value: float) -> str:
        if self.ticks[-1] < MILLION:
            return figure(value if value % 1 else int(value))
        decimals = 1 if any(tick % MILLION for tick in self.ticks) else 0
        return _("%(number)s m") % {"number": figure(value / MILLION, decimals)} if value else "0"

    def _y(self, value: float) -> float:
        return FLOOR - value / self.ticks[-1] * (FLOOR - TOP)

    @property
    def _band(self) -> float:
        return (WIDTH - RIGHT - self.left) / max(1, len(self.labels))

    def _middle(self, index: int) -> float:
        return self.left + self._band * (index + 0.5)

    def _dots(self, values: Sequence[Value]) -> list[Dot]:
        if self.kind == "step":
            return []
        return [
            Dot(number(self._middle(i)), number(self._y(value)), assumed)
            for i, (value, assumed) in enumerate(values)
            if value is not None
        ]

    def _pieces(self, values: Sequence[Value]) -> list[Piece | None]:
        return self._treads(values) if self.kind == "step" else self._slopes(values)

    def _treads(self, values: Sequence[Value]) -> list[Piece | None]:
        """A level tread for each value, from one edge of its band to the other."""
        edges = [self.left + self._band * i for i in range(len(values) + 1)]
        return [
            None
            if value is None
            else Piece([(start, self._y(value)), (end, self._y(value))], assumed)
            for (value, assumed), (start, end) in zip(values, pairwise(edges), strict=True)
        ]

    def _slopes(self, values: Sequence[Value]) -> list[Piece | None]:
        """A straight piece between each pair of neighbours; assumed when either is."""
        return [
            None
            if first is None or second is None
            else Piece(
                [(self._middle(i), self._y(first)), (self._middle(i + 1), self._y(second))],
                guess or other,
            )
            for i, ((first, guess), (second, other)) in enumerate(pairwise(values))
        ]


def strokes_of(pieces: Sequence[Piece | None]) -> list[Stroke]:
    """Neighbouring pieces of a kind in one stroke; each begins where the one before it ended."""
    strokes: list[Stroke] = []
    end: list[Position] = []
    for kind, run in groupby(pieces, key=lambda piece: piece and piece.is_assumed):
        points = [point for piece in run if piece for point in piece.points]
        if points:
            strokes.append(stroke_through(end + points, is_assumed=bool(kind)))
        end = points[-1:]
    return strokes


def stroke_through(points: Sequence[Position], *, is_assumed: bool) -> Stroke:
    d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return Stroke(d, f"{d}V{FLOOR}H{number(points[0][0])}Z", is_assumed)
