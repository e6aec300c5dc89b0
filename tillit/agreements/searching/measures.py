"""A measure, with what the sides have told of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models import Agreement, Measure, MeasureFollowUp, Version
from tillit.agreements.searching.following import ids_in, lines
from tillit.kit.search.documents import Document, Searchable, Sheet
from tillit.register.searching.following import span_of


def keys() -> Iterable[str]:
    return Measure.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    rows = Measure.objects.filter(key__in=keys).select_related("version__agreement")
    for row in rows.prefetch_related("follow_ups"):
        yield from sheet(row).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    found = {row.key for row in rows if isinstance(row, Measure)}
    told = ids_in(rows, MeasureFollowUp, "measure_id")
    versions, agreements = ids_in(rows, Version), ids_in(rows, Agreement)
    if told or versions or agreements:
        about = Q(pk__in=told) | Q(version__in=versions) | Q(version__agreement__in=agreements)
        found |= set(Measure.objects.filter(about).values_list("key", flat=True))
    return found


def sheet(row: Measure) -> Sheet:
    it = Sheet(row.subject, str(row), row.get_absolute_url(), row.circle, span_of(row))
    it.name(row.title)
    it.beside(str(row.version), row.version.circle)
    it.line(str(row.version), row.version.circle)
    lines(it, row.text)
    for told in row.follow_ups.all():
        lines(it, f"{told.text}\n{told.open_points}".strip(), told.circle)
    return it


MEASURES = Searchable(Measure.noun, _("Measures"), 17, keys, documents, follows)
