"""What consultations do in the background. Arguments are ids only."""

from django.utils import timezone
from django_tasks import task

from tillit.agreements.consulting import sending
from tillit.kit.background.retry import retried


@task()
@retried()
def write_to_asked(pk: int) -> None:
    """Write to those of one consultation that are still to be written to."""
    sending.write_to_asked(pk, timezone.now())


@task()
@retried()
def go_on_writing() -> None:
    """Take up what broke off, whatever broke it."""
    for pk in sending.unfinished():
        sending.write_to_asked(pk, timezone.now())
