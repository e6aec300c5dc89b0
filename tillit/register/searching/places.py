"""A place. All may read of all of them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tillit.kit.search.documents import Document, Searchable, Sheet
from tillit.register.models import Place
from tillit.register.searching.following import own_keys


def keys() -> Iterable[str]:
    return Place.objects.order_by().values_list("pk", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    for row in Place.objects.filter(pk__in=keys).select_related("parent"):
        yield from sheet(row).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    return own_keys(rows, Place)


def sheet(row: Place) -> Sheet:
    it = Sheet(row.subject, row.name, row.get_absolute_url())
    it.name(row.official_name)
    above = row.parent.name if row.parent else ""
    it.line(" · ".join(filter(None, [str(row.get_kind_display()), above])))
    it.beside(str(row.get_kind_display()))
    it.beside(above)
    it.unshown(row.code)
    with override("en"):
        it.unshown(str(row.get_kind_display()))
    return it


PLACES = Searchable(Place.noun, _("Places"), 40, keys, documents, follows)
