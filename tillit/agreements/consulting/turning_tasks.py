"""What the schedule does with consultations."""

from django.utils import timezone
from django_tasks import task

from tillit.agreements.consulting import turning
from tillit.kit.background.retry import retried


@task()
@retried()
def turn() -> None:
    """Remind of, and close, the consultations whose day has come."""
    turning.turn(timezone.now())
