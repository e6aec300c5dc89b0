"""The rows that the files want to see in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from tillit.kit.loading.citing import Cited
from tillit.kit.loading.entries import Entry
from tillit.kit.loading.faults import Text
from tillit.kit.loading.nodes import Step
from tillit.kit.models import Row


@dataclass(frozen=True)
class Ref:
    """A row that another one names by its key, and where it does."""

    model: type[Model]
    key: str
    path: tuple[Step, ...] = ()
    remedy: Text = ""


@dataclass(eq=False)
class Wanted:
    """One row as the files want it, and what is known of it in the database."""

    model: type[Row]
    key: str
    entry: Entry[Any]
    values: dict[str, Any]
    refs: Mapping[str, Ref | None] = field(default_factory=dict)
    many: Mapping[str, Sequence[Ref]] = field(default_factory=dict)
    cited: Sequence[Cited] = ()
    named: Sequence[Ref] = ()  # rows that must be there, and that no column points at

    row: Any = None
    is_new: bool = True
    is_whole: bool = True  # all that it names was found
    circle_before: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    sets: dict[str, list[Any]] = field(default_factory=dict)  # the rows of `many`
    citations: tuple[list[Any], list[Any]] = ([], [])  # before and after

    @property
    def subject(self) -> str:
        return f"{self.model.noun}:{self.key}"

    @property
    def after(self) -> dict[str, Any]:
        """What it shall hold, in the form of `before`."""
        return {
            **{name: plain(value) for name, value in self.values.items()},
            **{name: ref and ref.key for name, ref in self.refs.items()},
            **{name: sorted({ref.key for ref in refs}) for name, refs in self.many.items()},
        }

    @property
    def changes(self) -> dict[str, list[Any]]:
        """{field: [before, after]} of what differs."""
        found = {name: [self.before.get(name), value] for name, value in self.after.items()}
        found["source"] = list(self.citations)
        return {name: pair for name, pair in found.items() if pair[0] != pair[1]}

    def has_changed(self, name: str) -> bool:
        """Whether a stored row had another value."""
        return not self.is_new and name in self.changes

    def all_refs(self) -> list[Ref]:
        several = [ref for refs in self.many.values() for ref in refs]
        return [*filter(None, self.refs.values()), *several, *self.named]


def held_by(row: Any, wanted: Wanted) -> dict[str, Any]:
    """What the stored row holds of that which the files speak of."""
    return {
        **{name: plain(getattr(row, name)) for name in wanted.values},
        **{name: key_of(getattr(row, name)) for name in wanted.refs},
        **{name: sorted(other.key for other in getattr(row, name).all()) for name in wanted.many},
    }


def key_of(row: Any) -> str | None:
    return None if row is None else row.key


def plain(value: Any) -> Any:
    """The value as JSON can hold it."""
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value
