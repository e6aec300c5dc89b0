"""An export for the browser: asked for with a reason, made in the background, gone after some days."""

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.carrying.exporting import export
from tillit.kit.changes import Actor, create, remove
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Retention
from tillit.kit.files import storage
from tillit.kit.personal.traces import start_of
from tillit.kit.refusal import Refused
from tillit.register.models import Person
from tillit.site.models import Export

DAYS = 3


def ask(viewer: Viewer, reason: str, now: datetime) -> Export:
    """Begin an export. Raises Refused while another of the viewer's is being made."""
    if Export.objects.visible_to(viewer).under_way().exists():
        raise Refused(_("An export is being made already. Wait until it is there."), 409)
    person = Person.objects.get(key=viewer.identity.person.partition(":")[2])
    row = Export(asked_by=person.subject, asked_at=now, reason=reason, circle=person.own_circle)
    return create(row, Actor.of(viewer), reason)


def make(row: Export, now: datetime) -> None:
    """Write the file. Begun anew it does no harm."""
    with TemporaryDirectory(prefix="export-", dir=settings.DATA) as folder:
        export(Path(folder) / "tillit")
        packed = pack(Path(folder))
        with packed.open("rb") as file:
            storage.put(row.path, file)
        row.made_at, row.size = now, packed.stat().st_size
    row.save(update_fields=["made_at", "size"])


def pack(folder: Path) -> Path:
    """A ZIP of what stands in the folder."""
    packed = folder / "tillit.zip"
    with zipfile.ZipFile(packed, "x", zipfile.ZIP_DEFLATED) as file:
        for path in sorted((folder / "tillit").rglob("*")):
            if path.is_file():
                file.write(path, path.relative_to(folder))
    return packed


def take_away(row: Export, actor: Actor) -> None:
    """The file goes, and the row with it; that there was one stays in the activity."""
    with transaction.atomic():
        remove(row, actor)
        transaction.on_commit(lambda: storage.discard(row.path))


def purge(today: date) -> int:
    """Exports that have been there for long enough, with their files."""
    old = list(Export.objects.filter(asked_at__lt=start_of(today - timedelta(days=DAYS))))
    for row in old:
        storage.discard(row.path)
        row.delete()
    return len(old)


RETENTION = Retention(
    "exports",
    gettext_lazy("Exports that an administrator has asked for"),
    gettext_lazy("The file holds everything, and is there to be fetched at once."),
    DAYS,
    purge,
)
