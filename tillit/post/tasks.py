"""What post does in the background."""

from django_tasks import task


@task()
def deliver() -> None:
    """Send what waits."""
