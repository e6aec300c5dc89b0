"""Copies of everything: made each night and at will, thinned out, and missed when they don't come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.kit.backup import keeping
from tillit.kit.contributions import Retention
from tillit.kit.forms import Text
from tillit.kit.personal.traces import start_of
from tillit.privacy import keys
from tillit.site.models import BackupPlace, BackupRun

OLD = timedelta(days=2)
RUNS_KEPT = 100
ERASED = "tillit-erased-keys"  # beside the copies: what was erased may be in one of them


def is_ready() -> bool:
    place = BackupPlace.current()
    return place is not None and place.is_ready


def back_up(now: datetime) -> Path | None:
    """Make a copy, and note how it went. A fault is raised so that the background tells of it."""
    place = BackupPlace.current()
    if place is None or not place.is_ready:
        return None
    run = BackupRun.objects.create(began_at=now)
    try:
        keep_erased_keys()
        path = keeping.make(Path(place.folder), place.recipient, now)
        keeping.thin_out(Path(place.folder), now)
        run.made_at, run.name, run.size = timezone.now(), path.name, path.stat().st_size
    except Exception as error:
        run.fault = type(error).__name__[:100]
        raise
    finally:
        run.save()
        forget_earlier()
    return path


def forget_earlier() -> None:
    kept = list(BackupRun.objects.order_by("-pk").values_list("pk", flat=True)[:RUNS_KEPT])
    BackupRun.objects.exclude(pk__in=kept).delete()


def keep_erased_keys() -> None:
    """The list of what has been erased, where it is found by whoever restores a copy."""
    place = BackupPlace.current()
    if place is not None:
        keys.note(keys.whole(), Path(place.folder) / ERASED)


def has_new_erased_keys() -> bool:
    place = BackupPlace.current()
    if place is None or not Path(place.folder).is_dir():
        return False
    return bool(keys.whole().keys() - keys.read(Path(place.folder) / ERASED).keys())


def purge(today: date) -> int:
    """Copies that need not be kept, also where no new ones are made."""
    place = BackupPlace.current()
    if place is None or not Path(place.folder).is_dir():
        return 0
    return len(keeping.thin_out(Path(place.folder), start_of(today)))


RETENTION = Retention(
    "copies",
    _("Copies of everything, encrypted"),
    _(
        "What has been erased stands in earlier copies until they are removed, the last of a month "
        "after half a year. If one is restored it is erased again."
    ),
    keeping.MONTHS * 31,
    purge,
)


@dataclass(frozen=True)
class Standing:
    """How it stands with copies: the last good one, and what is wrong."""

    place: BackupPlace | None
    last: BackupRun | None  # good or not
    good: BackupRun | None
    now: datetime

    @property
    def is_ready(self) -> bool:
        return self.place is not None and self.place.is_ready

    @property
    def trouble(self) -> Text:
        """What somebody must see to; nothing where copies are not set up, which the checklist asks."""
        if self.place is None or not self.place.is_ready:
            return ""
        if self.last and self.last.fault:
            return _("The last copy could not be made.")
        since = self.good.began_at if self.good else self.place.ready_at
        if since and self.now - since > OLD:
            return _("No copy has been made for two days.")
        return ""


def standing(now: datetime) -> Standing:
    place = BackupPlace.current()
    runs = list(BackupRun.objects.all()[:RUNS_KEPT]) if place else []
    good = next((it for it in runs if it.made_at), None)
    return Standing(place, next(iter(runs), None), good, now)
