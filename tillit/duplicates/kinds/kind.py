"""What a noun of which two may be one must be able to say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from tillit.kit.circles import Viewer
from tillit.kit.days import format_period
from tillit.kit.models import Row
from tillit.register.likeness.evidence import Likeness
from tillit.register.models import Secretariat

Text = str | Promise


@dataclass(frozen=True)
class Weighed:
    """Two rows, and what speaks for and against their being one."""

    one: Any
    other: Any
    likeness: Likeness


@dataclass(frozen=True)
class Fact:
    """One thing that is told of both, side by side: each a list of lines."""

    label: Text
    one: Sequence[str]
    other: Sequence[str]

    @property
    def differs(self) -> bool:
        return list(self.one) != list(self.other)


Told = Iterable[tuple[Text, list[str]]]  # what is told of one: a label, and lines


@dataclass(frozen=True)
class Beside:
    """Two laid beside each other."""

    likeness: Likeness
    facts: Sequence[Fact]

    @classmethod
    def of(cls, likeness: Likeness, one: Told, other: Told) -> "Beside":
        """What is told of both, under the same labels; not what is told of neither."""
        both = zip(one, other, strict=True)
        facts = [Fact(label, mine, others) for (label, mine), (_label, others) in both]
        return cls(likeness, [it for it in facts if it.one or it.other])


@dataclass(frozen=True)
class Choice:
    """A column in which the two differ: what each says, in words."""

    name: str
    label: Text
    one: str
    other: str


def with_period(text: str, row: Any) -> str:
    """What a dated row says, and when."""
    said = format_period(row.as_read) if row.start or row.end or row.seen else ""
    return f"{text}, {said}" if said else text


class Kind:
    """One noun. The rows that it gives are those that the viewer may read."""

    noun: str
    model: type[Row]
    title: Text  # of several
    columns: Sequence[str] = ()  # those among which a merge chooses

    def rows(self, viewer: Viewer) -> Any:
        raise NotImplementedError

    def weigh(self, pairs: Sequence[tuple[Any, Any]], viewer: Viewer, day: date) -> list[Likeness]:
        """What speaks for and against each pair of rows, asked for all at once."""
        raise NotImplementedError

    def beside(self, one: Any, other: Any, viewer: Viewer, day: date) -> "Beside":
        """The two, with what is told of both."""
        raise NotImplementedError

    def found(
        self, secretariat: Secretariat, viewer: Viewer, day: date, part: Any
    ) -> Iterator[Weighed]:
        """Pairs that may be one, of whom the secretariat looks after the first.

        `part(rows)` narrows the rows to those that are looked through this time.
        """
        raise NotImplementedError

    def known_by(self, text: str, viewer: Viewer) -> Any:
        """Rows that go by a text, for who looks for the other one by hand."""
        raise NotImplementedError

    def may(self, viewer: Viewer, kept: Any, gone: Any) -> bool:
        """Who lets the one stay, and gives it all that is the other's."""
        raise NotImplementedError

    def may_part(self, viewer: Viewer, kept: Any, merge: Any) -> bool:
        """Who makes two again of what stayed."""
        raise NotImplementedError

    def hindrances(self, one: Any, other: Any) -> Mapping[str, list[str]]:
        """By the key of the one that would stay, why it can't, in sentences that say what to do."""
        raise NotImplementedError

    def rest(self, kept: Any, gone: Any, day: date) -> Mapping[str, Any]:
        """What one that has come back must say otherwise, since the world has gone on."""
        return {}

    def in_words(self, row: Any, name: str) -> str:
        """The value of a column, as people read it."""
        value = getattr(row, name)
        display = getattr(row, f"get_{name}_display", None)
        return str(display() if display and value else value or "")

    def choices(self, one: Any, other: Any) -> list[Choice]:
        """The columns in which both say something, and not the same."""
        model = type(one)
        found = []
        for name in self.columns:
            a, b = self.in_words(one, name), self.in_words(other, name)
            if a and b and a != b:
                label = model._meta.get_field(name).verbose_name  # noqa: SLF001
                found.append(Choice(name, self.labels().get(name, label), a, b))
        return found

    def labels(self) -> Mapping[str, Text]:
        return {}

    def values(self, kept: Any, gone: Any, chosen: Mapping[str, str]) -> dict[str, Any]:
        """What the kept one says from now on: its own, what was chosen, and what only the other said.

        `chosen` gives the key of one of the two by the name of a column.
        """
        said: dict[str, Any] = {}
        for name in self.columns:
            empty = not self.in_words(kept, name)
            if empty or chosen.get(name) == gone.key:
                said[name] = getattr(gone, name)
        return {name: value for name, value in said.items() if value != getattr(kept, name)}

    def secretariats(self, rows: Iterable[Any]) -> list[Secretariat]:
        """Those that look after the rows."""
        raise NotImplementedError
