"""What the schedule does with enquiries."""

from django.utils import timezone
from django_tasks import task

from tillit.enquiries import turning
from tillit.kit.background.retry import retried


@task()
@retried()
def turn() -> None:
    """Open and close the enquiries whose day has come."""
    turning.turn(timezone.now())
