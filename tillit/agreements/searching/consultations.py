"""A consultation: what it is about, and what is asked."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tillit.agreements.models import Agreement, Consultation, ConsultationQuestion, Version
from tillit.agreements.searching.following import ids_in, lines
from tillit.kit.search.documents import Document, Searchable, Sheet


def keys() -> Iterable[str]:
    return Consultation.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    rows = Consultation.objects.filter(key__in=keys).select_related("version__agreement")
    for row in rows.prefetch_related("questions"):
        yield from sheet(row).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    found = {row.key for row in rows if isinstance(row, Consultation)}
    ids = ids_in(rows, ConsultationQuestion, "consultation_id")
    if ids:
        found |= set(Consultation.objects.filter(pk__in=ids).values_list("key", flat=True))
    versions, agreements = ids_in(rows, Version), ids_in(rows, Agreement)
    if versions or agreements:
        of_these = Consultation.objects.filter(version__in=versions) | Consultation.objects.filter(
            version__agreement__in=agreements
        )
        found |= set(of_these.values_list("key", flat=True))
    return found


def sheet(row: Consultation) -> Sheet:
    it = Sheet(row.subject, row.title, row.get_absolute_url(), row.circle)
    it.beside(str(row.version), row.version.circle)
    it.line(str(row.version), row.version.circle)
    lines(it, row.introduction)
    for question in row.questions.all():
        it.line(question.text, question.circle)
    return it


CONSULTATIONS = Searchable(Consultation.noun, _("Consultations"), 18, keys, documents, follows)
