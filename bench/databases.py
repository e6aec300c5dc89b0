"""Databases for one run: of PostgreSQL those are dropped when the run is over."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

URL = "postgres://postgres@127.0.0.1:5432/postgres"


class NotTriedError(Exception):
    """Why PostgreSQL couldn't be tried, in words."""


def address(kind: str, where: Path) -> str:
    """The address of the file of SQLite in a folder."""
    return f"{kind}:///{where.resolve() / 'tillit.sqlite3'}"


@contextmanager
def postgres(kept: str = "") -> Iterator[str]:
    """The address of a new, empty database, or of one that is kept.

    Raises NotTriedError when no server lets us make one.
    """
    url = os.environ.get("DATABASE_URL", URL)
    if not url.startswith(("postgres://", "postgresql://")):
        raise NotTriedError("DATABASE_URL names another database.")
    name = kept or f"tillit_bench_{os.getpid()}"
    try:
        command(url, "CREATE DATABASE {}", name)
    except psycopg.errors.DuplicateDatabase:
        if not kept:
            raise
    except psycopg.Error as error:
        raise NotTriedError(str(error).strip().splitlines()[0]) from error
    try:
        yield named(url, name)
    finally:
        if not kept:
            command(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def named(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def command(url: str, words: str, *names: str) -> None:
    with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
        connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


@contextmanager
def beside(url: str, like: str = "") -> Iterator[str]:
    """The address of a further database of the same kind, empty or a copy; gone afterwards."""
    if url.startswith("sqlite"):
        with TemporaryDirectory(prefix="tillit-bench-") as folder:
            if like:
                shutil.copy(urlsplit(like).path, Path(folder) / "tillit.sqlite3")
            yield address("sqlite", Path(folder))
        return
    name = f"tillit_bench_{os.getpid()}_{'copy' if like else 'new'}"
    server = named(url, "postgres")
    if like:
        command(
            server, "CREATE DATABASE {} TEMPLATE {}", name, urlsplit(like).path.removeprefix("/")
        )
    else:
        command(server, "CREATE DATABASE {}", name)
    try:
        yield named(url, name)
    finally:
        command(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
