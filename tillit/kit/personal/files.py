"""Files that belong to a person, or to what can't be without one: told, and erased with their bytes."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from tillit.kit.contributions import OwnData, Rows
from tillit.kit.models import StoredFile
from tillit.kit.personal import traces
from tillit.kit.personal.relatives import relatives, row_of

LABELS = {"name": _("File"), "kind": _("Kind"), "size": _("Bytes"), "uploaded": _("Uploaded")}


def own_data(person: str) -> Iterator[OwnData]:
    yield OwnData(
        title=_("Files about you"),
        name="files",
        why=_("Somebody uploaded them to what is kept of you."),
        rows=lambda: told(person),
        labels=LABELS,
        ground=_("Legitimate interest: whoever relies on the register must be able to trust it."),
        seen_by=_("Those who may read what the file belongs to."),
        kept_for=_("As long as what they belong to."),
        remains=_("Documents that name you and belong to others, such as minutes."),
        erase=lambda: erase(person),
    )


def files_of(person: str) -> Any:
    """Of the person's row, and of those with a key that can't be without it."""
    row = row_of(person) if person else None
    subjects = [row.subject, *(it.subject for it in relatives(row))] if row else []
    return StoredFile.objects.filter(of__in=subjects)


def told(person: str) -> Rows:
    return [
        {"name": it.name, "kind": str(it.kind.title), "size": it.size, "uploaded": it.uploaded_at}
        for it in files_of(person)
    ]


def erase(person: str) -> int:
    """The rows, and their bytes when it is certain that they have gone."""
    rows = list(files_of(person))
    touched = traces.forget(rows)
    for row in rows:
        row.delete()
    return touched + len(rows)
