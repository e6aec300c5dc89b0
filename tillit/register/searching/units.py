"""A unit, with the organisation that it belongs to: many have a board."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tillit.kit.search.documents import Document, Searchable, Sheet
from tillit.register.models import Unit
from tillit.register.searching.following import named_in, own_keys, span_of, with_period


def keys() -> Iterable[str]:
    return Unit.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    rows = Unit.objects.filter(key__in=keys).select_related("organisation", "parent")
    for row in rows:
        yield from sheet(row).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    found = own_keys(rows, Unit)
    if organisations := named_in(rows):
        of_these = Unit.objects.filter(organisation__in=organisations)
        found |= set(of_these.values_list("key", flat=True))
    return found


def sheet(row: Unit) -> Sheet:
    title = f"{row}, {row.organisation}"
    it = Sheet(row.subject, title, row.get_absolute_url(), row.circle, span_of(row))
    it.line(with_period(str(row.get_kind_display()), row), row.organisation.circle)
    it.beside(str(row.get_kind_display()), row.organisation.circle)
    it.name(row.name)
    with override("en"):
        it.unshown(str(row.get_kind_display()))
    return it


UNITS = Searchable(Unit.noun, _("Units"), 30, keys, documents, follows)
