"""The figures of a run, as tables on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass

PAGES = ("page", "median ms", "p95 ms", "flat ms", "ratio", "queries", "goal", "")
WHOLE = ("figure", "value", "goal", "")


@dataclass(frozen=True)
class Line:
    """One figure or several; `over` names what is over its goal."""

    figure: str
    values: Sequence[str]
    goal: str = ""
    over: Sequence[str] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        verdict = f"over: {', '.join(self.over)}" if self.over else "ok" if self.goal else ""
        return (self.figure, *self.values, self.goal, verdict)


def printed(headings: Sequence[str], lines: Sequence[Line]) -> str:
    """Numbers stand to the right, the words around them to the left."""
    rows = [headings, *(line.cells for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    words = {0, len(headings) - 2, len(headings) - 1}
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in words else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"
