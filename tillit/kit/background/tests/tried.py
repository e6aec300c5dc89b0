"""Tasks to try the background with."""

import os
import signal
from pathlib import Path

from django_tasks import task

from tillit.kit.background.models import Mark
from tillit.kit.background.retry import retried

SOMEBODY = "Mina Medlem, mina@example.org"


@task()
def mark(name: str) -> None:
    Mark.objects.create(name=name)


@task()
def fail() -> None:
    raise ValueError(SOMEBODY)


@task()
@retried(pauses=(60, 300))
def fail_thrice() -> None:
    raise LookupError(SOMEBODY)


@task()
def die() -> None:
    """Ends its own process without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


@task(takes_context=True)
def count_attempts(context, file: str) -> None:
    Path(file).write_text(str(context.attempt))


def never() -> bool:
    return False
