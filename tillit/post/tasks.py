"""What post does in the background."""

from django.utils import timezone
from django_tasks import task

from tillit.kit.background.queue import enqueue_once
from tillit.kit.background.retry import retried
from tillit.post.delivery import hold_outdated, send_waiting, tell_uncertain
from tillit.post.mailbox import read_bounces


@task()
@retried()
def read_mailbox() -> None:
    """Fetch the bounces from the mailbox."""
    read_bounces(timezone.now())


@task()
def deliver() -> None:
    """Send what waits, a stint at a time, so that other work comes in between."""
    tell_uncertain(timezone.now())
    hold_outdated(timezone.now())
    if send_waiting():
        enqueue_once(deliver)
