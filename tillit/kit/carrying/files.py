"""What people have uploaded, by the names under which the storage keeps it."""

import re
from collections.abc import Iterator

from django.core.files.storage import default_storage

# What is made here to be fetched is not kept for anybody.
PASSING = "exports"
SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*", re.ASCII)
PIECE = 65_536


def stored(below: str = "") -> Iterator[str]:
    """The names of all files, in order."""
    try:
        folders, files = default_storage.listdir(below)
    except FileNotFoundError:
        return
    yield from sorted(f"{below}{name}" for name in files)
    for folder in sorted(folders):
        if below or folder != PASSING:
            yield from stored(f"{below}{folder}/")


def is_safe(name: str) -> bool:
    """Whether the name leads nowhere but into the storage."""
    return bool(SAFE.fullmatch(name)) and len(name) <= 400 and not name.startswith(f"{PASSING}/")


def pieces(name: str) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        yield from iter(lambda: file.read(PIECE), b"")
