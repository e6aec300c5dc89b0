"""How long calls take: warmed, repeated in turns, told as median and 95th percentile."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

WARM, MOST, SECONDS = 3, 40, 4.0  # rounds not counted, rounds at most, and when to stop before that
LEAST = 5


@dataclass(frozen=True)
class Times:
    """Milliseconds of each round."""

    rounds: Sequence[float]

    @property
    def median(self) -> float:
        return median(self.rounds)

    @property
    def p95(self) -> float:
        return quantiles(self.rounds, n=20, method="inclusive")[-1]


def clocked(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return (perf_counter() - began) * 1000


def in_turns(*calls: Callable[[], object]) -> list[Times]:
    """The calls by turns, so that what else the machine does falls on all of them alike."""
    for _round in range(WARM):
        for call in calls:
            call()
    rounds: list[list[float]] = []
    began = perf_counter()
    while len(rounds) < LEAST or (len(rounds) < MOST and perf_counter() - began < SECONDS):
        rounds.append([clocked(call) for call in calls])
    return [Times(column) for column in zip(*rounds, strict=True)]
