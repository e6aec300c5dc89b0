"""Documents that values rest on, which have their pages here."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.models import Source
from tillit.kit.search.documents import Document, Searchable, Sheet


def keys() -> Iterable[str]:
    return Source.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    for row in Source.objects.filter(key__in=keys):
        yield from sheet(row).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    return {row.key for row in rows if isinstance(row, Source)}


def sheet(row: Source) -> Sheet:
    it = Sheet(row.subject, row.title, reverse("site:source", args=[row.key]), row.circle)
    it.line(row.publisher)
    it.beside(row.publisher)
    for line in row.note.splitlines():
        it.line(line.strip())
    it.unshown(f"{row.key} {row.dated}")
    return it


SOURCES = Searchable(Source.noun, _("Sources"), 70, keys, documents, follows)
