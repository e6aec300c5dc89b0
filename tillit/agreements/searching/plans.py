"""A plan with its focus areas, and a year's orientation with its efforts."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models import (
    Agreement,
    Effort,
    FocusArea,
    Orientation,
    Plan,
    Reprioritisation,
)
from tillit.agreements.searching.following import ids_in, lines
from tillit.kit.search.documents import Document, Searchable, Sheet
from tillit.register.searching.following import span_of


def plan_keys() -> Iterable[str]:
    return Plan.objects.order_by().values_list("key", flat=True).iterator()


def plan_documents(keys: Collection[str]) -> Iterator[Document]:
    rows = Plan.objects.filter(key__in=keys).select_related("agreement").prefetch_related("areas")
    for row in rows:
        it = begun(row, span_of(row))
        for area in row.areas.all():
            it.line(str(area), area.circle)
            lines(it, area.text, area.circle)
        yield from it.documents()


def plan_follows(rows: Sequence[Any]) -> Iterable[str]:
    found = {row.key for row in rows if isinstance(row, Plan)}
    return found | changed(Plan, ids_in(rows, FocusArea, "plan_id"), rows)


def year_keys() -> Iterable[str]:
    return Orientation.objects.order_by().values_list("key", flat=True).iterator()


def year_documents(keys: Collection[str]) -> Iterator[Document]:
    rows = Orientation.objects.filter(key__in=keys).select_related("agreement")
    for row in rows.prefetch_related("efforts__replaced"):
        it = begun(row)
        it.name(f"{row.title} {row.year}")
        it.line(row.dialogue)
        for effort in row.efforts.all():
            it.line(str(effort), effort.circle)
            lines(it, effort.text, effort.circle)
            if hasattr(effort, "replaced"):
                lines(it, effort.replaced.reason, effort.replaced.circle)
        yield from it.documents()


def year_follows(rows: Sequence[Any]) -> Iterable[str]:
    found = {row.key for row in rows if isinstance(row, Orientation)}
    ids = ids_in(rows, Effort, "orientation_id")
    efforts = ids_in(rows, Reprioritisation, "before_id")
    if efforts:
        ids |= set(Effort.objects.filter(pk__in=efforts).values_list("orientation", flat=True))
    return found | changed(Orientation, ids, rows)


def changed(model: Any, ids: set[Any], rows: Sequence[Any]) -> set[str]:
    """The keys of those with the ids, and of all that belong to an agreement among the rows."""
    agreements = ids_in(rows, Agreement)
    if not (ids or agreements):
        return set()
    about = model.objects.filter(Q(pk__in=ids) | Q(agreement__in=agreements))
    return set(about.values_list("key", flat=True))


def begun(row: Any, *span: Any) -> Sheet:
    """What plans and orientations have in common."""
    it = Sheet(row.subject, str(row), row.get_absolute_url(), row.circle, *span)
    it.beside(str(row.agreement), row.agreement.circle)
    it.line(str(row.agreement), row.agreement.circle)
    it.line(row.decided_by)
    lines(it, row.text)
    return it


PLANS = Searchable(Plan.noun, _("Plans"), 18, plan_keys, plan_documents, plan_follows)
ORIENTATIONS = Searchable(
    Orientation.noun, _("Yearly orientations"), 19, year_keys, year_documents, year_follows
)
