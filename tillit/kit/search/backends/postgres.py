"""PostgreSQL: columns of the index that the database works out, and the extension pg_trgm for names."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from tillit.kit.search.asking import Asked

MOST_TITLED = 1000  # rows that any of many words may bring, before it is asked who reads them
TITLE, TEXT, NOUN = "A", "B", "C"  # the weights that tell where a word stands
TITLES = (
    "setweight(to_tsvector('simple', title_stems), 'A') || "
    "setweight(to_tsvector('simple', noun), 'C')"
)
# An index knows no weights: without the titles by themselves, a word that stands in many texts and in
# no title would be looked for in each of them.
COLUMNS = {
    "words": f"{TITLES} || setweight(to_tsvector('simple', text_stems), 'B')",
    "titles": TITLES,
}
WITHOUT_EXTENSION = (
    "pg_trgm may not be created in this database: misspelled names are found, but slowly. "
    "Let somebody who may run CREATE EXTENSION pg_trgm, and then `tillit reindex --tables`."
)


def make(connection: BaseDatabaseWrapper) -> list[str]:
    """Make the columns and the indexes anew. Gives what there is to say about it."""
    unmake(connection)
    with connection.cursor() as cursor:
        for name, made in COLUMNS.items():
            cursor.execute(
                f"ALTER TABLE search_entry ADD COLUMN {name} tsvector "
                f"GENERATED ALWAYS AS ({made}) STORED"
            )
            cursor.execute(f"CREATE INDEX search_entry_{name} ON search_entry USING gin ({name})")
    return [] if made_for_names(connection) else [WITHOUT_EXTENSION]


def made_for_names(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is an index by pieces of names; without one every name is looked at."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                "CREATE INDEX search_entry_names ON search_entry USING gin (names gin_trgm_ops)"
            )
    except DatabaseError:
        return False
    return True


def unmake(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS search_entry_names")
        for name in COLUMNS:
            cursor.execute(f"ALTER TABLE search_entry DROP COLUMN IF EXISTS {name}")


def wipe(connection: BaseDatabaseWrapper) -> None:
    """What was removed lies in the files until the database's own VACUUM has been there."""


def said(asked: Asked, nouns: Collection[str] = (), *, titles: bool) -> str:
    """All that is asked for, in the title or anywhere, of some kinds or any: in the words of tsquery."""
    where = TITLE if titles else TITLE + TEXT
    of_nouns = " | ".join(f"'{it}':{NOUN}" for it in nouns)
    phrases = [_phrase(it, where) for it in asked.phrases]
    return " & ".join([*phrases, *([f"({of_nouns})"] if nouns else [])])


def matching(rows: "QuerySet[Any]", said: str, *, titles: bool) -> Any:
    """The rows with what is `said`; `titles` as it was for that."""
    where = [f"search_entry.{'titles' if titles else 'words'} @@ to_tsquery('simple', %s)"]
    return rows.extra(where=where, params=[said])  # noqa: S610 (all of it is ours)


@contextmanager
def by_index() -> Iterator[None]:
    """What is asked meanwhile is looked up in the index.

    Of a common word PostgreSQL believes that any part of the table has enough, and reads all of it where
    just the kind that is asked for has none: it takes words and kinds for independent.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")


def _phrase(phrase: Any, where: str) -> str:
    *others, last = phrase.stems
    words = [f"'{it}':{where}" for it in others]
    words.append(f"'{last}':{'*' if phrase.begun else ''}{where}")
    return f"({' <-> '.join(words)})"


def titled(rows: "QuerySet[Any]", words: Collection[str]) -> Any:
    """The rows with any of the words in the title.

    Each word is looked up by itself: of hundreds joined by “or” PostgreSQL believes that most rows have
    one, and reads the whole table.
    """
    where = [
        (
            "search_entry.id IN (SELECT entry.id FROM unnest(%s::text[]) AS word(said) "
            "JOIN search_entry AS entry ON entry.titles @@ word.said::tsquery LIMIT %s)"
        )
    ]
    said = [f"'{it}':{TITLE}" for it in words]
    return rows.extra(where=where, params=[said, MOST_TITLED])  # noqa: S610 (all of it is ours)


def named(rows: "QuerySet[Any]", piece: str) -> Any:
    """The rows with the piece, of three letters or more, in a name."""
    return rows.filter(names__contains=piece)
