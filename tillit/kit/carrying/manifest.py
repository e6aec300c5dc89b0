"""What an exported folder says of itself: by it `load` knows one, and finds what has been changed."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tillit.kit.refusal import Refused

NAME = "manifest.json"
FORMAT, VERSION = "tillit-export", 1
LARGEST = 10_000_000


@dataclass(frozen=True)
class Held:
    """One file: how many lines of rows, or bytes, it has, and its SHA-256."""

    size: int
    sha256: str


@dataclass
class Manifest:
    nouns: dict[str, Held] = field(default_factory=dict)  # by the noun's name: lines
    files: dict[str, Held] = field(default_factory=dict)  # by its name in the storage: bytes

    def as_text(self) -> str:
        said = {
            "format": FORMAT,
            "version": VERSION,
            "nouns": {name: vars(it) for name, it in self.nouns.items()},
            "files": {name: vars(it) for name, it in self.files.items()},
        }
        return json.dumps(said, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def is_export(folder: Path) -> bool:
    return (folder / NAME).is_file()


def read(folder: Path) -> Manifest:
    """Raises Refused with words when it is of no format that is known here."""
    said = _json(folder / NAME)
    if said.get("format") != FORMAT or not isinstance(said.get("version"), int):
        raise Refused(_("“%(name)s” is not that of a Tillit export.") % {"name": NAME})
    if said["version"] > VERSION:
        raise Refused(
            _(
                "The export is in format %(theirs)s and this Tillit reads %(ours)s at most. "
                "Upgrade Tillit here first."
            )
            % {"theirs": said["version"], "ours": VERSION}
        )
    try:
        return Manifest(_held(said["nouns"]), _held(said["files"]))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Refused(_("“%(name)s” is broken. Make the export again.") % {"name": NAME}) from None


def _json(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Refused(_("“%(name)s” is broken. Make the export again.") % {"name": NAME})
    return said


def _held(said: dict[str, Any]) -> dict[str, Held]:
    return {str(name): Held(int(it["size"]), str(it["sha256"])) for name, it in said.items()}
