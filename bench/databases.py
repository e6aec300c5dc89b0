"""A PostgreSQL database for one run, dropped when the run is over."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

URL = "postgres://postgres@127.0.0.1:5432/postgres"


class NotTriedError(Exception):
    """Why PostgreSQL couldn't be tried, in words."""


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a new, empty database. Raises NotTriedError when no server lets us make one."""
    url = os.environ.get("DATABASE_URL", URL)
    if not url.startswith(("postgres://", "postgresql://")):
        raise NotTriedError("DATABASE_URL names another database.")
    name = f"tillit_bench_{os.getpid()}"
    try:
        command(url, "CREATE DATABASE {}", name)
    except psycopg.Error as error:
        raise NotTriedError(str(error).strip().splitlines()[0]) from error
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        command(url, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def command(url: str, words: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
        connection.execute(sql.SQL(words).format(sql.Identifier(name)))
