"""An installation as it is before anything has been loaded, in the middle of a test."""

from django.db import connection
from django.db.models import Model

from tillit.intake.models import Intake, IntakeRow
from tillit.kit.carrying.nouns import nouns


def empty() -> None:
    """Take away all that an export carries, and drafts that rest on it, at once and past all rules."""
    models: list[type[Model]] = [noun.model for noun in nouns()]
    sets = [it.remote_field.through for noun in nouns() for it in noun.sets]
    with connection.cursor() as cursor:
        for model in [IntakeRow, Intake, *sets, *models]:
            name = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 (a table of ours)
