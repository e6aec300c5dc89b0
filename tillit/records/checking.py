"""Which record a file is, and as what: found by its bytes alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from tillit.kit.circles import Viewer
from tillit.kit.forms import Text
from tillit.records.models import Record, Seal, Signature, SignedCopy
from tillit.records.words import AS_COPY, AS_ORIGINAL, AS_SEALED


@dataclass(frozen=True)
class Match:
    """A record that the file is, in one of its forms, and who signed it."""

    record: Record
    as_what: Text
    whose: str
    signatures: list[Signature]


def matches(digest: str, viewer: Viewer) -> list[Match]:
    """Those that the viewer may read, and no others."""
    return [
        Match(record, as_what, whose, signatures_of(record, viewer))
        for record, as_what, whose in found(digest, viewer)
    ]


def found(digest: str, viewer: Viewer) -> Iterator[tuple[Record, Text, str]]:
    for record in Record.objects.visible_to(viewer).filter(sha256=digest).select_related("keeper"):
        yield record, AS_ORIGINAL, ""
    readable = {"sha256": digest, "record__circle__in": viewer.circles}
    copies = SignedCopy.objects.visible_to(viewer).filter(**readable)
    for copy in copies.select_related("record__keeper", "organisation"):
        yield copy.record, AS_COPY, copy.organisation.name
    seals = Seal.objects.visible_to(viewer).filter(**readable)
    for row in seals.select_related("record__keeper"):
        yield row.record, AS_SEALED, ""


def signatures_of(record: Record, viewer: Viewer) -> list[Signature]:
    rows = Signature.objects.visible_to(viewer).filter(record=record)
    return list(rows.select_related("organisation"))
