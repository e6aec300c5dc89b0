"""What the rows of one page rest on, fetched at once; and what one row rests on, as files write it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tillit.kit.circles import Viewer
from tillit.kit.models import Citation, Source


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


def as_file(citation: Citation) -> dict[str, Any]:
    """A citation as a file would write it, without what is empty."""
    lines = dict.fromkeys((citation.first_line, citation.last_line))
    span = "-".join(str(line) for line in lines if line is not None)
    place = f"{citation.source.key}:{span}" if span else citation.source.key
    rest = {name: getattr(citation, name) for name in ("field", "says", "contradicts", "note")}
    return {"at": place, **{name: value for name, value in rest.items() if value}}


def written_of(subject: str) -> list[dict[str, Any]]:
    """What the row rests on, so that it can be kept when the row goes."""
    found = Citation.objects.filter(subject=subject).select_related("source")
    return [as_file(citation) for citation in found]


def cite_again(subject: str, circle: str, written: Sequence[Mapping[str, Any]]) -> None:
    """Give a row what it rested on. A document that is gone meanwhile is left out."""
    for said in written:
        key, _colon, span = said["at"].partition(":")
        first, _hyphen, last = span.partition("-")
        source = Source.objects.filter(key=key).first()
        if source:
            Citation.objects.create(
                source=source,
                subject=subject,
                circle=circle,
                first_line=int(first) if first else None,
                last_line=int(last or first) if first else None,
                **{name: value for name, value in said.items() if name != "at"},
            )
