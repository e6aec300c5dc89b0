"""What speaks for two rows being the same, and against it, in words; and what follows from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise

LEAST_LIKELY, LEAST_POSSIBLE = 5, 2


class Verdict(StrEnum):
    """What follows from the evidence. It never decides: people do."""

    LIKELY = "likely"
    POSSIBLE = "possible"
    UNLIKELY = "unlikely"


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks for two rows being the same (over 0), or against it.

    It becomes words where it is shown: of nearly all that are compared nobody reads any.
    """

    said: str | Promise
    weight: int
    of: Mapping[str, object] = field(default_factory=dict)  # what the sentence names

    @property
    def words(self) -> str:
        return str(self.said) % self.of if self.of else str(self.said)


@dataclass(frozen=True)
class Likeness:
    """All that is known of whether two rows are the same."""

    evidence: tuple[Evidence, ...] = field(default=())

    @classmethod
    def of(cls, evidence: Iterable[Evidence]) -> "Likeness":
        return cls(tuple(sorted(evidence, key=lambda it: -abs(it.weight))))

    @property
    def score(self) -> int:
        return sum([it.weight for it in self.evidence])

    @property
    def verdict(self) -> Verdict:
        score = self.score
        if score >= LEAST_LIKELY:
            return Verdict.LIKELY
        return Verdict.POSSIBLE if score >= LEAST_POSSIBLE else Verdict.UNLIKELY

    @property
    def speaks_for(self) -> list[str]:
        """Also what only explains it, such as that one of the names is a former one."""
        return [it.words for it in self.evidence if it.weight >= 0]

    @property
    def speaks_against(self) -> list[str]:
        return [it.words for it in self.evidence if it.weight < 0]
