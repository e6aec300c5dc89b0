"""What the rows of one page rest on, fetched at once."""

from collections import defaultdict
from collections.abc import Iterable

from tillit.kit.models import Citation


class Citations:
    """Citations by subject and value. The rows were fetched for the viewer, so these may be shown."""

    def __init__(self, found: Iterable[Citation]) -> None:
        self._of: dict[tuple[str, str], list[Citation]] = defaultdict(list)
        self._all: dict[str, list[Citation]] = defaultdict(list)
        for citation in found:
            self._of[citation.subject, citation.field].append(citation)
            self._all[citation.subject].append(citation)

    def of(self, subject: str, field: str = "") -> list[Citation]:
        """Those of the value, or of the whole row where it has none of its own; all without a field."""
        if not field:
            return self.all_of(subject)
        return self._of.get((subject, field)) or self._of.get((subject, ""), [])

    def all_of(self, subject: str) -> list[Citation]:
        """Those of the row and of each of its values."""
        return self._all.get(subject, [])


def citations_of(subjects: Iterable[str]) -> Citations:
    wanted = sorted(set(subjects))
    return Citations(Citation.objects.filter(subject__in=wanted).select_related("source"))
