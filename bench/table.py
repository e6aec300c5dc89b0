"""The figures of a run, as one table on the screen."""

from collections.abc import Sequence
from dataclasses import dataclass

HEADINGS = (
    *("figure", "value", "unit", "p95", "yardstick", "ratio", "queries", "MB", "goal", ""),
)  # fmt: skip
WORDS = {0, 2, 8, 9}  # columns that stand to the left


@dataclass(frozen=True)
class Line:
    """One figure beside its yardstick; `over` names what is over its goal.

    value, p95, yardstick  in the unit; p95 is compared with the yardstick where a goal says so.
    memory                 the peak of the process's own, in MB.
    """

    figure: str
    value: str
    unit: str = "ms"
    p95: str = ""
    yardstick: str = ""
    ratio: str = ""
    queries: str = ""
    memory: str = ""
    goal: str = ""
    over: Sequence[str] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        verdict = f"over: {', '.join(self.over)}" if self.over else "ok" if self.goal else ""
        found = (self.figure, self.value, self.unit, self.p95, self.yardstick, self.ratio)
        return (*found, self.queries, self.memory, self.goal, verdict)


def printed(lines: Sequence[Line]) -> str:
    """Numbers stand to the right, the words around them to the left."""
    rows = [HEADINGS, *(line.cells for line in lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in WORDS else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}"


def beside(figure: str, ours: float, yardstick: float, **more: str) -> Line:
    """Seconds beside those of the yardstick."""
    return Line(
        figure,
        number(ours),
        "s",
        yardstick=number(yardstick),
        ratio=f"{ours / yardstick:.1f}",
        **more,
    )
