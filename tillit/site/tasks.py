"""What the site does in the background. Tasks carry ids only."""

from django.utils import timezone
from django_tasks import task

from tillit.kit.background.retry import retried
from tillit.site import backups, exporting, files
from tillit.site.models import Export


@task()
@retried()
def make_export(pk: int) -> None:
    """An export that somebody waits for, unless it has been taken away."""
    row = Export.objects.filter(pk=pk, made_at=None).first()
    if row is not None:
        exporting.make(row, timezone.now())


@task()
@retried((900, 3600))
def back_up() -> None:
    """Tonight's copy."""
    backups.back_up(timezone.now())


@task()
def keep_erased_keys() -> None:
    backups.keep_erased_keys()


@task()
@retried((900, 3600))
def sweep_files() -> None:
    """Bytes that no row names, and rows whose bytes are gone."""
    files.sweep_all(timezone.now())
