"""A change that is or was prepared, with what it would mean for voluntary work."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tillit.agreements.models import Agreement, ImpactCheck
from tillit.agreements.searching.following import ids_in, lines
from tillit.kit.search.documents import Document, Searchable, Sheet


def keys() -> Iterable[str]:
    return ImpactCheck.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    for row in ImpactCheck.objects.filter(key__in=keys).select_related("agreement"):
        it = Sheet(row.subject, str(row), row.get_absolute_url(), row.circle)
        it.beside(str(row.agreement), row.agreement.circle)
        for text in (row.text, row.analysis, row.closed_by, row.view, row.view_by):
            lines(it, text)
        yield from it.documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    found = {row.key for row in rows if isinstance(row, ImpactCheck)}
    if agreements := ids_in(rows, Agreement):
        of_these = ImpactCheck.objects.filter(agreement__in=agreements)
        found |= set(of_these.values_list("key", flat=True))
    return found


CHECKS = Searchable(ImpactCheck.noun, _("Impact on voluntary work"), 20, keys, documents, follows)
