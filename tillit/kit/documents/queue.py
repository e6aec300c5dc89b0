"""Documents that take longer than a request may: made by a worker, and gone after a day."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from tillit.kit.circles import Viewer
from tillit.kit.contributions import document_of
from tillit.kit.files import storage
from tillit.kit.models import MadeDocument
from tillit.kit.refusal import Refused

DAYS = 1


def carry_out(row: MadeDocument, now: datetime) -> None:
    """Make it and keep the file. Why it can't be made is told on its page. Raises Away."""
    with override(row.language):
        try:
            document = document_of(
                row.of, Viewer.with_circles([row.circle]), timezone.localdate(now)
            )
            if document is None:
                raise Refused(_("What it was to tell of is no longer there."), 404)
            data = document.made(row.form)
        except Refused as refused:
            settle(row, trouble=str(refused))
            return
    storage.put(row.path, BytesIO(data))
    if not settle(row, made_at=timezone.now(), size=len(data)):
        storage.discard(row.path)


def settle(row: MadeDocument, **values: Any) -> int:
    """Write how it went, unless it has been asked for anew meanwhile."""
    rows = MadeDocument.objects.filter(pk=row.pk, asked_at=row.asked_at)
    return int(rows.update(**values))


def purge(now: datetime) -> int:
    """Those that were asked for a good while ago, with their files."""
    return discard(MadeDocument.objects.filter(asked_at__lt=now - timedelta(days=DAYS)))


def erase_all() -> int:
    """When a person is erased: any document may name them, and is made anew for whoever asks."""
    return discard(MadeDocument.objects.all())


def discard(rows: Iterable[MadeDocument]) -> int:
    """The rows, and the files with them."""
    gone = list(rows)
    for row in gone:
        row.delete()
        transaction.on_commit(partial(storage.discard, row.path))
    return len(gone)
