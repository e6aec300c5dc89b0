"""What people have uploaded, by the names under which the storage keeps it."""

import re
from collections.abc import Iterator
from typing import IO

from tillit.kit.files import storage

# What is made here to be fetched is not kept for anybody.
PASSING = "exports"
NOT_KEPT = {PASSING, "documents"}
SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*", re.ASCII)
PIECE = 49_152  # bytes: a multiple of three, so that in base64 each piece ends where it does


def stored(below: str = "") -> Iterator[str]:
    """The names of all files, in order. What has a name that we give no file is somebody else's."""
    folders, files = storage.listed(below)
    yield from (f"{below}{name}" for name in files if is_safe(f"{below}{name}"))
    for folder in folders:
        if below or folder not in NOT_KEPT:
            yield from stored(f"{below}{folder}/")


def is_safe(name: str) -> bool:
    """Whether the name leads nowhere but into the storage."""
    return (
        bool(SAFE.fullmatch(name)) and len(name) <= 400 and name.partition("/")[0] not in NOT_KEPT
    )


def opened() -> Iterator[tuple[str, Iterator[bytes]]]:
    """All files, each with its bytes in pieces; but what somebody took away since it was listed."""
    for name in stored():
        try:
            file = storage.opened(name)
        except FileNotFoundError:
            continue
        with file:
            yield name, iter(lambda file=file: file.read(PIECE), b"")  # type: ignore[misc]


def keep(name: str, file: IO[bytes]) -> None:
    """Keep a file that comes back. What lies there under its name is the same."""
    if not storage.is_there(name):
        storage.put(name, file)
