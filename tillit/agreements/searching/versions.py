"""A version of an agreement: its text, its aims, principles, promises and words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tillit.agreements.models import (
    Agreement,
    Aim,
    Commitment,
    Definition,
    Principle,
    Section,
    Version,
)
from tillit.agreements.searching.following import ids_in, lines
from tillit.kit.search.documents import Document, Searchable, Sheet
from tillit.register.searching.following import span_of

PARTS = (Section, Aim, Principle, Commitment, Definition)


def keys() -> Iterable[str]:
    return Version.objects.order_by().values_list("key", flat=True).iterator()


def documents(keys: Collection[str]) -> Iterator[Document]:
    rows = Version.objects.filter(key__in=keys).select_related("agreement")
    parts = ("sections", "aims", "principles", "commitments", "definitions")
    for row in rows.prefetch_related(*parts):
        yield from sheet(row).documents()


def follows(rows: Sequence[Any]) -> Iterable[str]:
    found = {row.key for row in rows if isinstance(row, Version)}
    ids = ids_in(rows, PARTS, "version_id")
    if ids:
        found |= set(Version.objects.filter(pk__in=ids).values_list("key", flat=True))
    if agreements := ids_in(rows, Agreement):
        of_these = Version.objects.filter(agreement__in=agreements)
        found |= set(of_these.values_list("key", flat=True))
    return found


def sheet(row: Version) -> Sheet:
    it = Sheet(row.subject, str(row), row.get_absolute_url(), row.circle, span_of(row))
    it.name(row.title)
    it.line(row.title)
    lines(it, row.description)
    for section in row.sections.all():
        it.line(str(section), section.circle)
        lines(it, section.text, section.circle)
    for aim in row.aims.all():
        lines(it, aim.text, aim.circle)
    for principle in row.principles.all():
        it.line(principle.heading, principle.circle)
        lines(it, principle.text, principle.circle)
    for commitment in row.commitments.all():
        lines(it, commitment.text, commitment.circle)
    for definition in row.definitions.all():
        it.line(f"{definition.term}: {definition.text}", definition.circle)
    return it


VERSIONS = Searchable(Version.noun, _("Versions of agreements"), 16, keys, documents, follows)
