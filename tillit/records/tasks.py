"""What records do in the background. Arguments are keys only."""

from django.utils import timezone
from django_tasks import task

from tillit.kit.background.retry import retried
from tillit.records import sealing
from tillit.records.models import Record


@task()
@retried()
def seal(key: int) -> None:
    """Seal a record that all have signed. Begun anew it finds its seal, and does nothing."""
    record = Record.objects.select_related("keeper").filter(pk=key).first()
    if record is not None and not record.is_weeded:
        sealing.seal(record, timezone.now())
