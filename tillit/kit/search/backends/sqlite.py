"""SQLite: FTS5 tables beside the index. Triggers keep them as the index is, whoever writes it."""

from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from tillit.kit.search.asking import Asked

COLUMNS = {"search_words": ("noun", "title_stems", "text_stems"), "search_names": ("names",)}
# The stems are words of letters and digits with spaces between them: there is nothing to fold.
OPTIONS = {
    "search_words": "tokenize='ascii', prefix='2 3'",
    "search_names": "tokenize='trigram'",
}
CONTENT = "content='search_entry', content_rowid='id'"


def make(connection: BaseDatabaseWrapper) -> list[str]:
    """Make the tables and the triggers anew, and fill them. Nothing here can be missing."""
    with connection.cursor() as cursor:
        for table, columns in COLUMNS.items():
            for statement in (*gone(table), *made(table, columns)):
                cursor.execute(statement)
    return []


def made(table: str, columns: Collection[str]) -> list[str]:
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{it}" for it in columns) for row in ("new", "old"))
    put = f"INSERT INTO {table}(rowid, {names}) VALUES (new.id, {new});"
    take = f"INSERT INTO {table}({table}, rowid, {names}) VALUES ('delete', old.id, {old});"
    # What has moved to another circle says the same.
    said = f"UPDATE OF {names} ON search_entry"
    return [
        f"CREATE VIRTUAL TABLE {table} USING fts5({names}, {CONTENT}, {OPTIONS[table]})",
        f"CREATE TRIGGER {table}_put AFTER INSERT ON search_entry BEGIN {put} END",
        f"CREATE TRIGGER {table}_take AFTER DELETE ON search_entry BEGIN {take} END",
        f"CREATE TRIGGER {table}_change AFTER {said} BEGIN {take} {put} END",
        f"INSERT INTO {table}({table}) VALUES ('rebuild')",
    ]


def gone(table: str) -> list[str]:
    triggers = [f"DROP TRIGGER IF EXISTS {table}_{it}" for it in ("put", "take", "change")]
    return [*triggers, f"DROP TABLE IF EXISTS {table}"]


def unmake(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in COLUMNS:
            for statement in gone(table):
                cursor.execute(statement)


def wipe(connection: BaseDatabaseWrapper) -> None:
    """Merge all parts of the tables into one, so that nothing is left of what was removed."""
    with connection.cursor() as cursor:
        for table in COLUMNS:
            cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def said(asked: Asked, nouns: Collection[str] = (), *, titles: bool) -> str:
    """All that is asked for, in the title or anywhere, of some kinds or any: in the words of FTS5."""
    where = "title_stems" if titles else "title_stems text_stems"
    phrases = " AND ".join(map(_phrase, asked.phrases))
    words = f"{{{where}}} : ({phrases})"
    return f"noun : ({' OR '.join(nouns)}) AND {words}" if nouns else words


def matching(rows: "QuerySet[Any]", said: str, *, titles: bool) -> Any:
    """The rows with what is `said`, which tells by itself whether it must stand in the title."""
    return _asked(rows, "search_words", said)


def by_index() -> AbstractContextManager[None]:
    """What is asked meanwhile is looked up in the index, as always."""
    return nullcontext()


def _phrase(phrase: Any) -> str:
    return f'"{" ".join(phrase.stems)}"{" *" if phrase.begun else ""}'


def titled(rows: "QuerySet[Any]", words: Collection[str]) -> Any:
    """The rows with any of the words in the title."""
    said = " OR ".join(f'"{it}"' for it in words)
    return _asked(rows, "search_words", f"title_stems : ({said})")


def named(rows: "QuerySet[Any]", piece: str) -> Any:
    """The rows with the piece, of three letters or more, in a name."""
    return _asked(rows, "search_names", f'"{piece}"')


def _asked(rows: "QuerySet[Any]", table: str, said: str) -> Any:
    # The plus keeps SQLite from asking the table once for each row of the index.
    where = [f"+{table}.rowid = search_entry.id", f"{table} MATCH %s"]
    return rows.extra(tables=[table], where=where, params=[said])  # noqa: S610 (all of it is ours)
