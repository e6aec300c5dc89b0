"""An exported folder: held against its manifest, and its lines read, before any of it is believed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tillit.kit.carrying import files
from tillit.kit.carrying.manifest import Held, Manifest
from tillit.kit.carrying.nouns import Noun, noun_named
from tillit.kit.loading.entries import unknown_key
from tillit.kit.loading.faults import Faults, Spot, quoted

LONGEST = 20_000_000  # bytes of a line


@dataclass(frozen=True)
class Export:
    folder: Path
    manifest: Manifest

    def path(self, noun: Noun) -> Path:
        return self.folder / f"{noun.name}.jsonl"

    def spot(self, noun: Noun, line: int = 1) -> Spot:
        return Spot(str(self.path(noun)), line)


def verify(export: Export, faults: Faults) -> None:
    """Tell of each file that is not there, is none of ours, or is not as it was written."""
    said = export.manifest
    for name, held in said.nouns.items():
        path = export.folder / f"{name}.jsonl"
        if noun_named(name) is None:
            faults.add(Spot(str(path), 1), _("Tillit here has nothing of this kind"), upgrade())
        else:
            _compare(path, held, faults, by_line=True)
    for name, held in said.files.items():
        path = export.folder / "files" / name
        if files.is_safe(name):
            _compare(path, held, faults, by_line=False)
        else:
            faults.add(Spot(str(path), 1), _("no file can have such a name"), again())


def _compare(path: Path, held: Held, faults: Faults, *, by_line: bool) -> None:
    digest, lines, size = sha256(), 0, 0
    try:
        with path.open("rb") as file:
            while piece := file.read(files.PIECE):
                digest.update(piece)
                lines += piece.count(b"\n")
                size += len(piece)
    except OSError as error:
        faults.add(Spot(str(path), 1), _("the file can't be read"), error.strerror or str(error))
        return
    if digest.hexdigest() != held.sha256 or held.size != (lines if by_line else size):
        faults.add(Spot(str(path), 1), _("the file is not as it was written"), again())


def again() -> str:
    return _("make the export again; its files are not for editing")


def upgrade() -> str:
    return _("it may come from a newer Tillit: upgrade here first")


def lines(export: Export, noun: Noun, faults: Faults) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a noun with their lines. What is none is told, and left out."""
    path = export.path(noun)
    if noun.name not in export.manifest.nouns or not path.is_file():
        return
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST), b""), 1):
            record = _record(line)
            if record is None:
                faults.add(Spot(str(path), number), _("the line can't be read"), again())
            elif _has_its_columns(record, noun, Spot(str(path), number), faults):
                yield number, record


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    # No database but SQLite takes a NUL, and nobody can have meant it.
    return record if isinstance(record, dict) and b"\\u0000" not in line else None


def _has_its_columns(record: dict[str, Any], noun: Noun, spot: Spot, faults: Faults) -> bool:
    for name in sorted(record.keys() - noun.names):
        message, _words = unknown_key(name, sorted(noun.names))
        faults.add(spot, message, upgrade())
    # What a later version has added is empty in what an earlier one wrote.
    lacking = [it.name for it in noun.columns if it.name not in record and not may_lack(it)]
    for name in lacking:
        faults.add(spot, _("“%(key)s” is missing") % {"key": quoted(name)}, again())
    return record.keys() <= noun.names and not lacking


def may_lack(column: Any) -> bool:
    return bool(column.null or column.has_default() or (column.blank and not column.is_relation))
