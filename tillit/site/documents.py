"""The documents of sources: which of them a viewer may open, and who sees each, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import PUBLIC, Viewer
from tillit.kit.forms import Text
from tillit.kit.models import Source, StoredFile
from tillit.register.choices import ADMINISTRATORS
from tillit.register.rules import administers, secretariat_of

EVERYBODY = _("Everybody")
OFFICE = _("Only those who work in the secretariat")
RUNNING = _("Only those who keep the installation running")


@dataclass(frozen=True)
class Document:
    """A file of a source, as its page shows it."""

    file: StoredFile

    @property
    def seen_by(self) -> Text:
        return readers_of(self.file.circle)

    @property
    def is_public(self) -> bool:
        return bool(self.file.circle == PUBLIC)


def documents_of(source: Source, viewer: Viewer) -> list[Document]:
    rows = StoredFile.objects.visible_to(viewer).of(source.subject)
    return [Document(row) for row in rows]


def readers_of(circle: str) -> Text:
    """Who sees what belongs to the circle."""
    return {PUBLIC: EVERYBODY, ADMINISTRATORS: RUNNING}.get(circle, OFFICE)


def circles_for(viewer: Viewer) -> Iterator[str]:
    """Those that the viewer may choose among, in the chosen mandate."""
    yield PUBLIC
    kept = secretariat_of(viewer)
    if kept is not None:
        yield kept.own_circle
    elif administers(viewer):
        yield ADMINISTRATORS
