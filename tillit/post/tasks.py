"""What post does in the background."""

from django.utils import timezone
from django_tasks import task

from tillit.kit.background.queue import enqueue_once
from tillit.post.delivery import send_waiting, tell_uncertain


@task()
def deliver() -> None:
    """Send what waits, a stint at a time, so that other work comes in between."""
    tell_uncertain(timezone.now())
    if send_waiting():
        enqueue_once(deliver)
