"""A row of an import as its page shows it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from tillit.intake.deciding import NO, YES
from tillit.intake.models import IntakeRow
from tillit.kit.bringing import Alike, Fate, Found


@dataclass(frozen=True)
class Option:
    """One of the things that may become of a row. `alike` tells what it would be the same as."""

    value: str
    title: str
    is_chosen: bool
    alike: Alike | None = None


@dataclass
class ShownRow:
    row: IntakeRow

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def is_open(self) -> bool:
        return self.row.is_open

    @cached_property
    def found(self) -> Found:
        return self.row.as_found

    @property
    def written(self) -> str:
        """The cells as they stood."""
        return " · ".join(map(str, self.row.cells.values()))

    @property
    def options(self) -> list[Option]:
        if self.found.fault:
            return []
        chosen = self.row.choice
        same = [
            Option(
                it.choice, _("The same as %(title)s") % {"title": it.title}, it.choice == chosen, it
            )
            for it in self.found.alike
        ]
        new = Option(Fate.NEW, _("New"), chosen == Fate.NEW)
        return [*same, new, Option(Fate.SKIP, _("Leave out"), chosen == Fate.SKIP)]

    @property
    def answers(self) -> list[tuple[str, Any, bool]]:
        """Yes and no, where something is asked."""
        if not self.found.question or self.found.fault:
            return []
        answer = self.row.answer
        return [(YES, _("Yes"), answer is True), (NO, _("No"), answer is False)]
