"""Bringing a copy back into an empty installation: verified whole, then all of it or nothing."""

import gzip
import json
import zlib
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils.translation import gettext as _

from tillit.kit.backup.sealing import unseal
from tillit.kit.backup.stream import Checked, broken, check, read
from tillit.kit.backup.tables import clear, columns, counted, table_named
from tillit.kit.carrying import files
from tillit.kit.carrying.bringing import refuse_full
from tillit.kit.contributions import erase_again
from tillit.kit.locks import one_at_a_time
from tillit.kit.rawly import go_on_counting, insert
from tillit.kit.refusal import Refused
from tillit.kit.search.index import index_all

ROWS_AT_ONCE = 500


@dataclass(frozen=True)
class Restored:
    """How much there was, and how much of it had been erased since."""

    checked: Checked
    left_out: int


def restore(path: Path, key: str) -> Restored:
    """Raises Refused, with the database as it was."""
    with TemporaryDirectory(prefix="restore-", dir=settings.DATA) as folder:
        plain = Path(folder) / "plain.gz"
        unseal(path, plain, key)
        checked = check(lines(plain))
        with transaction.atomic():
            one_at_a_time("load")
            refuse_begun()
            clear()
            write(lines(plain))
            go_on_counting(list(counted()))
            know_secret(checked.head.secret)
            left_out = erase_again()
            index_all()
    return Restored(checked, left_out)


def refuse_begun() -> None:
    """Nothing is written over what people have made."""
    refuse_full()
    if get_user_model().objects.exists():
        raise Refused(
            _("A copy is restored into an empty installation only, and there are accounts here.")
        )


def know_secret(secret: str) -> None:
    """What was erased is known again by the secret of the installation that was copied."""
    if secret != settings.SECRET_KEY:
        settings.SECRET_KEY_FALLBACKS = [*settings.SECRET_KEY_FALLBACKS, secret]


def lines(plain: Path) -> Iterator[bytes]:
    try:
        with gzip.open(plain) as file:
            yield from file
    except (OSError, EOFError, zlib.error):
        raise broken() from None


def write(them: Iterator[bytes]) -> None:
    """Write what has been checked: the rows of each table, and each file."""
    writing = Writing()
    for it in them:
        writing.take(json.loads(it))
    writing.finish()


class Writing:
    """What is being written just now: rows of a table, or a file."""

    def __init__(self) -> None:
        self.model: type[models.Model] | None = None
        self.rows: list[models.Model] = []
        self.name = ""
        self.file: IO[bytes] | None = None

    def take(self, said: Any) -> None:
        if isinstance(said, list):
            self._row(said)
        elif isinstance(said, str) and self.file:
            self.file.write(b64decode(said))
        elif isinstance(said, dict):
            self.finish()
            self.model = table_named(said.get("table", ""))
            self.name = said.get("file", "")
            self.file = TemporaryFile() if self.name else None  # noqa: SIM115 (closed by finish)

    def finish(self) -> None:
        """Write what has been gathered."""
        insert(self.rows)
        self.rows = []
        if self.file:
            files.keep(self.name, self.file)
            self.file.close()
            self.file = None

    def _row(self, values: list[Any]) -> None:
        model: Any = self.model
        row = model()
        for column, value in zip(columns(model), values, strict=True):
            setattr(row, column.attname, read(column, value))
        self.rows.append(row)
        if len(self.rows) == ROWS_AT_ONCE:
            insert(self.rows)
            self.rows = []
