"""A record, by its title, its numbers and what it is. Who signed is not what one looks for."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from tillit.kit.search.documents import ALWAYS, Document, Searchable, Sheet, Span
from tillit.records.models import CaseNumber, Record
from tillit.register.models import Name, Organisation


def keys() -> Iterable[str]:
    return Record.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    rows = Record.objects.filter(key__in=keys).select_related("keeper")
    for row in rows.prefetch_related("casenumbers"):
        yield from sheet(row).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    found = {row.key for row in rows if isinstance(row, Record)}
    if records := {row.record_id for row in rows if isinstance(row, CaseNumber)}:
        found |= set(Record.objects.filter(pk__in=records).values_list("key", flat=True))
    keepers = {row.pk for row in rows if isinstance(row, Organisation)}
    if keepers := keepers | {row.organisation_id for row in rows if isinstance(row, Name)}:
        found |= set(Record.objects.filter(keeper__in=keepers).values_list("key", flat=True))
    return found


def sheet(row: Record) -> Sheet:
    it = Sheet(row.subject, row.title, row.get_absolute_url(), row.circle, span_of(row))
    it.beside(row.get_kind_display())
    for text in row.note.splitlines():
        it.line(text.strip())
    it.line(row.keeper.name, row.keeper.circle)
    for number in row.casenumbers.all():
        it.line(number.number, number.circle)
    return it


def span_of(row: Record) -> Span:
    """From its day on: what was written stands."""
    when = row.when
    return ALWAYS if when.is_limitless else Span(when.earliest, date.max)


RECORDS = Searchable(Record.noun, _("Records"), 18, keys, documents, follows)
