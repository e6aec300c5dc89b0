"""Bars as they are drawn on paper: each below its label, with its figure beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tillit.kit.charts import BAR_LENGTH, Chart
from tillit.kit.drawing import WIDTH, number

LINE, BAR, GAP = 17, 15, 9  # units: a label, a bar, and what is between two labels
FIGURE = 150  # units kept free for the figure
LONGEST = 70  # letters of a label


@dataclass(frozen=True)
class Strip:
    """A bar: where it stands, how long it is, what it says."""

    y: str
    text_y: str
    width: str
    tone: str
    words: str
    is_assumed: bool


@dataclass(frozen=True)
class Label:
    y: str
    text: str


class Strips:
    """The bars of a chart, one below the other."""

    def __init__(self, chart: Chart) -> None:
        self.labels: list[Label] = []
        self.strips: list[Strip] = []
        self.height = number(self._lay(chart))

    def _lay(self, chart: Chart) -> float:
        y = 0.0
        for label, bars in chart.bars:
            self.labels.append(Label(number(y + LINE - 5), shortened(str(label))))
            y += LINE
            for bar in bars:
                width = float(bar.length) / BAR_LENGTH * (WIDTH - FIGURE)
                at = number(y), number(y + BAR - 4), number(max(width, 1))
                point = bar.point
                self.strips.append(Strip(*at, bar.tone, point.in_words, point.is_assumed))
                y += BAR + 2
            y += GAP
        return y

    def __iter__(self) -> Iterator[Strip]:
        return iter(self.strips)


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
