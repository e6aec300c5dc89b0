"""What is kept for a time is erased when it is over: each retention by itself, each run written down."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from tillit.kit.contributions import Retention, retentions
from tillit.privacy.models import RetentionRun


@dataclass(frozen=True)
class Kept:
    """A retention, and its last run."""

    retention: Retention
    last: RetentionRun | None

    @property
    def years(self) -> int:
        """How many whole years it is kept; none when it is not so many days."""
        years, rest = divmod(self.retention.days, 365)
        return 0 if rest else years


def named(name: str) -> Retention | None:
    return next((it for it in retentions() if it.name == name), None)


def run(name: str, today: date) -> int:
    """Erase what is old. A fault is written down, and raised so that the background tells of it."""
    retention = named(name)
    if retention is None:  # the code no longer has it
        return 0
    row = RetentionRun.objects.create(name=name, started_at=timezone.now())
    try:
        with transaction.atomic():
            row.count = retention.purge(today)
    except Exception as error:
        row.fault = type(error).__name__[:100]
        raise
    finally:
        row.ended_at = timezone.now()
        row.save()
        _forget_earlier(row)
    return row.count


def _forget_earlier(row: RetentionRun) -> None:
    """A hundred runs are kept of each."""
    runs = RetentionRun.objects.filter(name=row.name)
    earlier = runs.order_by("-pk").values_list("pk", flat=True)[100:]
    RetentionRun.objects.filter(pk__in=list(earlier)).delete()


def all_kept() -> list[Kept]:
    last: dict[str, RetentionRun] = {}
    for row in RetentionRun.objects.filter(ended_at__isnull=False).order_by("-pk")[:1000]:
        last.setdefault(row.name, row)
    return [Kept(it, last.get(it.name)) for it in retentions()]
