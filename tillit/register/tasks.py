"""What the register does in the background."""

from django_tasks import task

from tillit.kit.background.retry import retried
from tillit.kit.days import today
from tillit.register.models.name import rename


@task()
@retried()
def take_names() -> None:
    """Let organisations go by the names that have begun to hold."""
    rename(today())
