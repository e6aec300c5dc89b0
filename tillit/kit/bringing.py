"""What a context says of a kind of rows that people may bring in from lists and files.

The pages, the draft and the undoing (`intake`) know no noun. A context contributes a `Kind`, which says
which columns it takes, recognises rows before anything is written, and writes those that were confirmed.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from tillit.kit.circles import Viewer
from tillit.kit.contributions import Link, Text
from tillit.kit.swedish import fold
from tillit.kit.together import Together

Values = dict[str, str]


@dataclass(frozen=True)
class Field:
    """Something that a column may tell. `heads` are words that such columns are headed by."""

    name: str
    title: Text
    heads: tuple[str, ...] = ()

    def is_headed(self, head: str) -> bool:
        return fold(head) in {fold(it) for it in (*self.heads, str(self.title))}


@dataclass(frozen=True)
class Setting:
    """In what a list is brought in: by whom, today, to what (a subject), and of which day it tells."""

    viewer: Viewer
    day: date
    about: str = ""
    on: str = ""  # as people write it: 2012, 2012-12, 2012-12-31


@dataclass(frozen=True)
class Alike:
    """Something that a row may be the same as: a row of the register by its key, or an earlier row."""

    key: str
    title: str
    url: str = ""
    row: int = 0  # the number of the earlier row of the same list, if that is what it is
    is_likely: bool = False
    speaks_for: Sequence[str] = ()
    speaks_against: Sequence[str] = ()

    @property
    def choice(self) -> str:
        """How it is chosen."""
        return f"row:{self.row}" if self.row else f"same:{self.key}"


@dataclass
class Found:
    """What was recognised in one row, and what is doubtful about it.

    `shown` are the values as they will be written, by words for them; `fault` says why the row can't be
    brought in at all; `question` is a yes or no that somebody must answer, `advised` the careful answer.
    """

    title: str
    shown: Mapping[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    alike: list[Alike] = field(default_factory=list)
    fault: str = ""
    question: str = ""
    advised: bool = True

    def kept(self) -> dict[str, Any]:
        return {**vars(self), "alike": [{**vars(it)} for it in self.alike]}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Found":
        """As it was kept."""
        alike = [Alike(**it) for it in kept.get("alike", ())]
        return cls(**{"title": "", **kept, "alike": alike})


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    SKIP = "skip"


@dataclass(frozen=True)
class Confirmed:
    """A row with what somebody has decided. Of one that is the same: as which."""

    number: int
    values: Values
    fate: Fate
    key: str = ""  # of what it is the same as
    row: int = 0  # or the earlier row
    answer: bool = False
    shown: Collection[str] = ()  # keys of those that it was said to be like


class Kind(ABC):
    """A kind of rows that may be brought in."""

    name: ClassVar[str]
    title: ClassVar[Text]
    text: ClassVar[Text]  # what comes of it, and who will see it
    fields: ClassVar[Sequence[Field]]
    asks_day: ClassVar[bool] = False

    @abstractmethod
    def may(self, viewer: Viewer) -> bool:
        """Whether the viewer may bring in such rows, in the chosen capacity."""

    def about(self, viewer: Viewer) -> Sequence[tuple[str, str]]:
        """To what they may be brought in, if that must be said: subjects with titles."""
        return ()

    def lock(self) -> None:  # noqa: B027 (a kind that others don't enter needs none)
        """Let nobody else enter such rows until the transaction ends."""

    @abstractmethod
    def recognise(self, rows: Sequence[Values], setting: Setting) -> list[Found]:
        """What each row says and what is doubtful. Writes nothing."""

    @abstractmethod
    def changed_since(self, rows: Sequence[Confirmed], setting: Setting) -> set[int]:
        """Numbers of rows that are no longer new: somebody has entered the same meanwhile."""

    @abstractmethod
    def write(self, rows: Sequence[Confirmed], setting: Setting, it: Together) -> Sequence[Link]:
        """Write what was confirmed, within the one act. Raises ValidationError or Refused."""
