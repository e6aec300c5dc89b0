"""The one storage of uploaded bytes: a folder or a bucket. Nobody else needs to know which."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any, cast

import structlog
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from tillit.kit.refusal import Refused

log = structlog.get_logger("tillit.files")


class Away(Refused):
    """The storage can't be reached, or does not do what is asked of it: 503, in words."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Files can't be reached just now, so nothing was fetched, saved or taken away. "
                "Everything else works. Try again in a while."
            ),
            503,
        )


@contextmanager
def reaching() -> Iterator[None]:
    """Raises Away for what went wrong, but FileNotFoundError for a file that is not there."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        log.exception("the storage of files can't be reached", fault=type(error).__name__)
        raise Away from error


def put(name: str, file: IO[bytes]) -> None:
    """Keep the bytes under the name. Raises Away."""
    file.seek(0)
    try:
        with reaching():
            default_storage.save(name, File(file))
    except FileNotFoundError:  # the folder itself has gone
        raise Away from None


def opened(name: str) -> File[Any]:
    """To be read and closed. Raises FileNotFoundError, Away."""
    with reaching():
        return default_storage.open(name)


def is_there(name: str) -> bool:
    """Raises Away."""
    with reaching():
        return bool(default_storage.exists(name))


def delete(name: str) -> None:
    """Also what is not there. Raises Away."""
    with reaching():
        default_storage.delete(name)


def discard(name: str) -> None:
    """Delete, or leave it to the sweep of the night: for what has no row any more."""
    try:
        delete(name)
    except Away:
        log.warning("bytes are left for the sweep")


def listed(below: str = "") -> tuple[list[str], list[str]]:
    """The folders and files directly below, in order; nothing where nothing was kept. Raises Away."""
    try:
        with reaching():
            folders, files = default_storage.listdir(below)
    except FileNotFoundError:
        return [], []
    return sorted(folders), sorted(files)


def written_at(name: str) -> datetime:
    """When it was written. Raises FileNotFoundError, Away."""
    with reaching():
        return default_storage.get_modified_time(name)


def place() -> str:
    """Where it is, for who keeps the installation running."""
    return str(cast("Any", default_storage).place)


def is_reached() -> bool:
    """Whether it answers now."""
    try:
        cast("Any", default_storage).probe()
    except OSError as error:
        log.warning("the storage of files can't be reached", fault=type(error).__name__)
        return False
    return True
