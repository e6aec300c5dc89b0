"""What somebody decides of the rows before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.intake.beginning import locked
from tillit.intake.models import Intake, IntakeRow, Stage
from tillit.kit.refusal import Refused

DECIDED = ["choice", "answer", "is_open"]
BATCH = 500
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Decision:
    choice: str
    answer: str = ""


def decide(intake: Intake, decisions: Mapping[int, Decision], now: datetime) -> None:
    """Take the decisions on some rows. Raises Refused for what can't be chosen."""
    with transaction.atomic():
        it = locked(intake, Stage.PREVIEW)
        rows = list(it.rows.filter(number__in=decisions))
        for row in rows:
            said = decisions[row.number]
            if said.choice and said.choice not in row.choices:
                words = _("Row %(number)s: that can't be chosen.") % {"number": row.number}
                raise Refused(words, 422)
            row.decide(said.choice, answer={YES: True, NO: False}.get(said.answer))
        IntakeRow.objects.bulk_update(rows, DECIDED, batch_size=BATCH)
        touch(it, now)


def take_suggestions(intake: Intake, now: datetime) -> int:
    """Let what is open be as it is suggested; how many rows."""
    with transaction.atomic():
        it = locked(intake, Stage.PREVIEW)
        rows = list(it.rows.open())
        for row in rows:
            row.take_suggestion()
        IntakeRow.objects.bulk_update(rows, DECIDED, batch_size=BATCH)
        touch(it, now)
    return len(rows)


def touch(intake: Intake, now: datetime) -> None:
    intake.touched_at = now
    intake.save(update_fields=["touched_at"])
