"""What the background does about itself."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from tillit.kit.background import queue
from tillit.kit.background.models import Heartbeat

KEPT = timedelta(days=7)


@task()
def forget() -> None:
    """Remove finished tasks after a week, failed ones after three, and hearts that beat no more."""
    now = timezone.now()
    queue.forget(now - KEPT)
    Heartbeat.objects.filter(seen_at__lt=now - KEPT).delete()
