"""How receivers are chosen, as it is kept with a draft: plain values, read with patience."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self

from tillit.letters.choices import Group

MOST_BY_HAND = 500


@dataclass(frozen=True)
class Choice:
    """A group, what narrows it, who is left out of it and who is added.

    `without` and `besides` are subjects: `contact:…`, or `organisation:…` for all its addresses.
    """

    group: str = Group.NOBODY
    on: str = ""  # the day on which members are members; today if empty
    roles: list[str] = field(default_factory=list)
    place: str = ""
    form: str = ""
    theme: str = ""
    audience: str = ""
    without: list[str] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        return cls(**known)

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.on) if self.on else None

    def with_added(self, subject: str) -> Self:
        """With one more; who was left out and is added again is no longer left out."""
        rest = [it for it in self.without if it != subject]
        return replace(self, besides=added(self.besides, subject), without=rest)

    def with_left_out(self, subject: str) -> Self:
        rest = [it for it in self.besides if it != subject]
        return replace(self, without=added(self.without, subject), besides=rest)

    def with_taken_back(self, subject: str) -> Self:
        """Neither added nor left out by hand."""
        return replace(
            self,
            without=[it for it in self.without if it != subject],
            besides=[it for it in self.besides if it != subject],
        )


def added(subjects: list[str], subject: str) -> list[str]:
    return [*(it for it in subjects if it != subject), subject][-MOST_BY_HAND:]
