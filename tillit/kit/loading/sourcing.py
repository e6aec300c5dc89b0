"""The citations of what is loaded: they become those of the files, no more and no less."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tillit.kit.citations import as_file
from tillit.kit.loading.citing import Cited
from tillit.kit.loading.plan import Plan
from tillit.kit.loading.resolving import chunks
from tillit.kit.loading.wanted import Wanted
from tillit.kit.models import Citation, Source


def cite(plan: Plan) -> None:
    """Replace the citations of rows where they differ, and note on the row what they were."""
    stored = _stored(wanted.row.subject for wanted in plan.all() if not wanted.is_new)
    new: list[Citation] = []
    for wanted in plan.all():
        before = stored[wanted.row.subject]
        wanted.citations = (
            in_order(map(as_file, before)),
            in_order(as_file(_citation(cited, wanted, plan)) for cited in wanted.cited),
        )
        if wanted.citations[0] != wanted.citations[1]:
            Citation.objects.filter(pk__in=[citation.pk for citation in before]).delete()
            new += (_citation(cited, wanted, plan) for cited in wanted.cited)
    Citation.objects.bulk_create(new, batch_size=1000)


def _stored(subjects: Iterable[str]) -> dict[str, list[Citation]]:
    found: dict[str, list[Citation]] = defaultdict(list)
    for chunk in chunks(subjects):
        for citation in Citation.objects.filter(subject__in=chunk).select_related("source"):
            found[citation.subject].append(citation)
    return found


def _citation(cited: Cited, wanted: Wanted, plan: Plan) -> Citation:
    first, last = cited.lines
    return Citation(
        source=plan.find(Source, cited.source),
        subject=wanted.row.subject,
        circle=wanted.row.circle,
        field=cited.field,
        first_line=first,
        last_line=last,
        says=cited.says,
        contradicts=cited.contradicts,
        note=cited.note,
    )


def in_order(citations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(citations, key=lambda citation: str(list(citation.items())))
