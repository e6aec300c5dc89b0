"""The activity of a load, and how many rows of each noun met which fate."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from tillit.kit.loading.wanted import Wanted
from tillit.kit.models import Activity, Row, Verb

ACTOR = "command:load"
UNCHANGED = "unchanged"
Tally = dict[type[Row], Counter[str]]


class Log:
    """The activity of a load."""

    def __init__(self, reason: str) -> None:
        self.tally: Tally = defaultdict(Counter)
        self._reason = reason[:400]
        self._rows: list[Activity] = []

    def note(self, wanted: Sequence[Wanted]) -> None:
        for each in wanted:
            if each.is_new:
                self.add(each.row, Verb.CREATED, {})
            elif each.changes:
                self.add(each.row, Verb.CHANGED, each.changes)
            else:
                self.tally[each.model][UNCHANGED] += 1

    def add(self, row: Row, verb: Verb, changes: dict[str, Any]) -> None:
        self.tally[type(row)][verb] += 1
        self._rows.append(
            Activity(
                actor=ACTOR,
                subject=row.subject,
                about=row.about,
                verb=verb,
                changes=changes,
                reason=self._reason,
                circle=row.circle,
            )
        )

    def write(self) -> None:
        Activity.objects.bulk_create(self._rows, batch_size=1000)
