"""Charts made on the server: what they show. How it is drawn stands in `drawing`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from zlib import crc32

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tillit.kit.drawing import Drawing
from tillit.kit.typography import figure

Text = str | Promise
Kind = Literal["line", "step", "bar"]
BAR_LENGTH = 100


@dataclass(frozen=True)
class Point:
    """One figure. None: not known. Assumed: the sources don't say it of just that time.

    The url, of the rows behind it, makes a link of its label in charts of bars. `instead` is what is
    said where the figure is not told, and `beside` with it where it is.
    """

    label: Text
    value: float | None
    is_assumed: bool = False
    url: str = ""
    instead: Text = ""
    beside: Text = ""

    @property
    def in_words(self) -> str:
        if self.value is None and self.instead:
            return str(self.instead)
        if self.value is None:
            return _("not known")
        return f"{figure(self.value)} ({self.beside})" if self.beside else figure(self.value)


@dataclass(frozen=True)
class Series:
    """Figures of one thing; tone is civil, public or joint. All series have the same labels."""

    title: Text
    points: Sequence[Point]
    tone: str = "joint"


@dataclass(frozen=True)
class Bar:
    """A bar of a chart: its figure and its length, as part of `BAR_LENGTH`."""

    point: Point
    tone: str
    length: str


@dataclass(frozen=True)
class Chart:
    """A chart with its table. Give `points` for one series, or `series` for several.

    `labels_title` heads the labels in the table: “Year”, “Organisation”.
    """

    title: Text
    unit: Text
    points: Sequence[Point] = ()
    series: Sequence[Series] = ()
    kind: Kind = "step"
    labels_title: Text = ""

    @cached_property
    def all_series(self) -> list[Series]:
        return list(self.series) or [Series(self.title, self.points)]

    @cached_property
    def all_points(self) -> list[Point]:
        return [point for series in self.all_series for point in series.points]

    @property
    def labels(self) -> list[Text]:
        return [point.label for point in self.all_series[0].points]

    @property
    def highest(self) -> float:
        return max((point.value for point in self.all_points if point.value is not None), default=0)

    @property
    def has_assumed(self) -> bool:
        return any(point.is_assumed for point in self.all_points)

    @property
    def rows(self) -> list[tuple[Text, list[Point]]]:
        """The table: each label with the point of each series."""
        columns = [series.points for series in self.all_series]
        return list(zip(self.labels, map(list, zip(*columns, strict=True)), strict=True))

    @property
    def bars(self) -> list[tuple[Text, list[Bar]]]:
        return [
            (label, list(map(self._bar, points, self.all_series))) for label, points in self.rows
        ]

    def _bar(self, point: Point, series: Series) -> Bar:
        length = (point.value or 0) / (self.highest or 1) * BAR_LENGTH
        return Bar(point, series.tone, f"{length:.1f}")

    @cached_property
    def drawing(self) -> Drawing:
        lines = [
            (series.tone, [(point.value, point.is_assumed) for point in series.points])
            for series in self.all_series
        ]
        return Drawing(self.kind, lines, [str(label) for label in self.labels], self.highest)

    @property
    def key(self) -> str:
        """An id for what the drawing refers to in itself; the same chart has the same one."""
        drawn = repr((self.kind, self.drawing.labels, self.drawing.values))
        return f"chart-{crc32(drawn.encode()):08x}"

    @property
    def in_short(self) -> str:
        """What the drawing shows, in a sentence for those who don't see it."""
        known = [point for point in self.all_series[0].points if point.value is not None]
        if not known:
            return _("%(title)s: no figures.") % {"title": self.title}
        return _(
            "%(title)s: from %(first)s (%(start)s) to %(last)s (%(end)s). The table has them all."
        ) % {
            "title": self.title,
            "first": known[0].in_words,
            "start": known[0].label,
            "last": known[-1].in_words,
            "end": known[-1].label,
        }
