"""How it stands with uploaded files, and the sweep of every night, which knows all that lies there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum

from tillit.kit.carrying.files import PASSING
from tillit.kit.files import storage
from tillit.kit.files.sweeping import sweep, sweep_folder
from tillit.kit.models import MadeDocument, StoredFile
from tillit.kit.models.made_document import FOLDER as MADE
from tillit.site import logos
from tillit.site.models import Export, Installation

SHOWN = 20


@dataclass(frozen=True)
class Standing:
    """Where files lie, how much it is (bytes), and what is wrong."""

    place: str
    is_reached: bool
    count: int
    size: int
    lacking: int
    missing: Sequence[StoredFile]  # the first of those whose bytes are gone


def standing() -> Standing:
    rows: Any = StoredFile.objects.order_by()
    all_of_them = rows.aggregate(
        count=Count("pk"), size=Sum("size"), lacking=Count("missing_since")
    )
    missing = rows.exclude(missing_since=None) if all_of_them["lacking"] else []
    return Standing(
        place=storage.place(),
        is_reached=storage.is_reached(),
        count=all_of_them["count"],
        size=all_of_them["size"] or 0,
        lacking=all_of_them["lacking"],
        missing=list(missing[:SHOWN]),
    )


def sweep_all(now: datetime) -> None:
    """What nobody names goes, and what is missing is noted. Raises Away."""
    sweep(now)
    shown, fetched = storage.listed(logos.FOLDER)[1], storage.listed(PASSING)[1]
    sweep_folder(logos.FOLDER, shown, logos_named, now)
    sweep_folder(MADE, storage.listed(MADE)[1], documents_named, now)
    sweep_folder(PASSING, fetched, lambda: {it.path for it in Export.objects.all()}, now)


def documents_named() -> set[str]:
    return {it.path for it in MadeDocument.objects.exclude(made_at=None)}


def logos_named() -> set[str]:
    names = Installation.objects.exclude(logo="").values_list("logo", flat=True)
    return {logos.path_of(name) for name in names}
