"""A copy as lines of JSON.

An object says what follows: the head, a table, a file, the end. A list is a row of the table, a text a
piece of the file.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tillit.kit.backup.tables import columns, migrations, table_named
from tillit.kit.carrying.files import is_safe
from tillit.kit.carrying.records import as_value
from tillit.kit.refusal import Refused

FORMAT, VERSION = "tillit-backup", 1


def line(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def written(value: Any) -> Any:
    """The value of a column as JSON holds it."""
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return str(value) if isinstance(value, UUID) else as_value(value)


def read(column: Any, value: Any) -> Any:
    if column.get_internal_type() == "BinaryField" and value is not None:
        return b64decode(value)
    return column.to_python(value)


@dataclass
class Head:
    """When and where the copy was made, and the secret by which links and erased keys are known."""

    made: str
    secret: str
    migrations: list[str] = field(default_factory=migrations)
    format: str = FORMAT
    version: int = VERSION


@dataclass
class Checked:
    """A copy that is whole: its head, and how much it holds."""

    head: Head
    rows: int = 0
    files: int = 0


def broken() -> Refused:
    return Refused(_("The copy is broken or was cut short. Nothing was written."))


def check(lines: Iterable[bytes]) -> Checked:
    """Read all of it, and believe nothing. Raises Refused with words."""
    its = (_parsed(it) for it in lines)
    found = Checked(_head(next(its, None)))
    ended, table, in_file = False, None, False
    for said in its:
        if ended:
            raise broken()
        if isinstance(said, dict):
            ended = "end" in said and _is_end(said["end"], found)
            table, in_file = _begun(said, found) if not ended else (None, False)
        elif isinstance(said, list) and table is not None and len(said) == table:
            found.rows += 1
        elif not (isinstance(said, str) and in_file):
            raise broken()
    if not ended:
        raise broken()
    return found


def _parsed(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise broken() from None


def _head(said: Any) -> Head:
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise Refused(_("This is not a backup of Tillit. Nothing was written."))
    head = Head(**{name: said.get(name) for name in ("made", "secret", "migrations", "version")})  # type: ignore[arg-type]
    here = migrations()
    if not isinstance(head.version, int) or not isinstance(head.migrations, list):
        raise broken()
    if head.version > VERSION or set(head.migrations) - set(here):
        raise Refused(
            _("The copy was made by a newer Tillit. Install that version here, and restore then.")
        )
    if set(here) - set(head.migrations):
        raise Refused(
            _(
                "The copy was made by an older Tillit. Install that version here, restore, and "
                "upgrade then."
            )
        )
    return head


def _begun(said: dict[str, Any], found: Checked) -> tuple[int | None, bool]:
    """How many columns the rows to come have, or that a file comes."""
    if "file" in said:
        if not is_safe(str(said["file"])):
            raise broken()
        found.files += 1
        return None, True
    model = table_named(str(said.get("table")))
    if model is None or said.get("columns") != [it.attname for it in columns(model)]:
        raise broken()
    return len(said["columns"]), False


def _is_end(said: Any, found: Checked) -> bool:
    if said != {"rows": found.rows, "files": found.files}:
        raise broken()
    return True


def lines_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Whole lines out of pieces that begin and end anywhere."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
    if rest:
        yield rest
