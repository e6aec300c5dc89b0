"""What the rows of one page rest on, fetched at once."""

from collections import defaultdict
from collections.abc import Iterable

from tillit.kit.circles import Viewer
from tillit.kit.models import Citation


class Citations:
    """Citations by subject and value."""

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


def citations_of(subjects: Iterable[str], viewer: Viewer) -> Citations:
    """What the subjects rest on, as far as the viewer may read it."""
    wanted = sorted(set(subjects))
    visible = Citation.objects.visible_to(viewer).filter(source__circle__in=viewer.circles)
    return Citations(visible.filter(subject__in=wanted).select_related("source"))
