"""Reading everything as it is at one moment, in one pass, and never all of it in memory."""

from base64 import b64encode
from collections.abc import Generator, Iterator
from datetime import datetime
from zlib import compressobj

from django.conf import settings

from tillit.kit.backup.stream import Head, line, written
from tillit.kit.backup.tables import columns, label, tables
from tillit.kit.carrying import files
from tillit.kit.snapshot import snapshot

ROWS_AT_ONCE = 2000
GZIP = 31  # how zlib is told to write a gzip file


def lines(now: datetime) -> Iterator[bytes]:
    with snapshot():
        yield line(vars(Head(now.isoformat(), str(settings.SECRET_KEY))))
        rows = 0
        for model in tables():
            names = [it.attname for it in columns(model)]
            yield line({"table": label(model), "columns": names})
            found = model._base_manager.order_by("pk").values_list(*names)  # noqa: SLF001
            for row in found.iterator(ROWS_AT_ONCE):
                rows += 1
                yield line([written(it) for it in row])
        number = 0
        for name, pieces in files.opened():
            number += 1
            yield line({"file": name})
            yield from (line(b64encode(it).decode()) for it in pieces)
        yield line({"end": {"rows": rows, "files": number}})


def packed(now: datetime) -> Generator[bytes]:
    """The lines as a gzip file, in pieces."""
    packer = compressobj(wbits=GZIP)
    for it in lines(now):
        if piece := packer.compress(it):
            yield piece
    yield packer.flush()
