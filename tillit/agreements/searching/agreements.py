"""An agreement: what it is called, where it holds, and between whom."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from tillit.agreements.models import Agreement, Party
from tillit.agreements.searching.following import agreements_of, lines
from tillit.kit.search.documents import Document, Searchable, Sheet
from tillit.register.searching.following import span_of


def keys() -> Iterable[str]:
    return Agreement.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    parties = Prefetch("parties", Party.objects.select_related("organisation"))
    rows = Agreement.objects.filter(key__in=keys).select_related("place").prefetch_related(parties)
    for row in rows:
        yield from sheet(row).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    found = {row.key for row in rows if isinstance(row, Agreement)}
    if ids := agreements_of(rows):
        found |= set(Agreement.objects.filter(pk__in=ids).values_list("key", flat=True))
    return found


def sheet(row: Agreement) -> Sheet:
    it = Sheet(row.subject, row.title, row.get_absolute_url(), row.circle, span_of(row))
    place = row.place.name if row.place else ""
    it.line(" · ".join(filter(None, [str(row.get_level_display()), place])))
    it.beside(str(row.get_level_display()))
    it.beside(place)
    with override("en"):
        it.unshown(str(row.get_level_display()))
    lines(it, row.description)
    for party in row.parties.all():
        name = party.organisation.name if party.organisation else ""
        words = ", ".join(filter(None, (party.title, name, party.text)))
        it.line(f"{party.get_side_display()}: {words}", party.circle)
    return it


AGREEMENTS = Searchable(Agreement.noun, _("Agreements"), 15, keys, documents, follows)
