"""PostgreSQL: a column of the index that the database works out, and the extension pg_trgm for names."""

from collections.abc import Collection
from typing import Any

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from tillit.kit.search.asking import Asked

MOST_TITLED = 1000  # rows that any of many words may bring, before it is asked who reads them
TITLE, TEXT, NOUN = "A", "B", "C"  # the weights that tell where a word stands
WORDS = (
    "setweight(to_tsvector('simple', title_stems), 'A') || "
    "setweight(to_tsvector('simple', text_stems), 'B') || "
    "setweight(to_tsvector('simple', noun), 'C')"
)
WITHOUT_EXTENSION = (
    "pg_trgm may not be created in this database: misspelled names are found, but slowly. "
    "Let somebody who may run CREATE EXTENSION pg_trgm, and then `tillit reindex --tables`."
)


def make(connection: BaseDatabaseWrapper) -> list[str]:
    """Make the column and the indexes anew. Gives what there is to say about it."""
    unmake(connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE search_entry ADD COLUMN words tsvector "
            f"GENERATED ALWAYS AS ({WORDS}) STORED"
        )
        cursor.execute("CREATE INDEX search_entry_words ON search_entry USING gin (words)")
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
        cursor.execute("ALTER TABLE search_entry DROP COLUMN IF EXISTS words")


def wipe(connection: BaseDatabaseWrapper) -> None:
    """What was removed lies in the files until the database's own VACUUM has been there."""


def said(asked: Asked, nouns: Collection[str] = (), *, titles: bool) -> str:
    """All that is asked for, in the title or anywhere, of some kinds or any: in the words of tsquery."""
    where = TITLE if titles else TITLE + TEXT
    of_nouns = " | ".join(f"'{it}':{NOUN}" for it in nouns)
    phrases = [_phrase(it, where) for it in asked.phrases]
    return " & ".join([*phrases, *([f"({of_nouns})"] if nouns else [])])


def matching(rows: "QuerySet[Any]", said: str) -> Any:
    return _asked(rows, said)


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
            "JOIN search_entry AS entry ON entry.words @@ word.said::tsquery LIMIT %s)"
        )
    ]
    said = [f"'{it}':{TITLE}" for it in words]
    return rows.extra(where=where, params=[said, MOST_TITLED])  # noqa: S610 (all of it is ours)


def named(rows: "QuerySet[Any]", piece: str) -> Any:
    """The rows with the piece, of three letters or more, in a name."""
    return rows.filter(names__contains=piece)


def _asked(rows: "QuerySet[Any]", said: str) -> Any:
    where = ["search_entry.words @@ to_tsquery('simple', %s)"]
    return rows.extra(where=where, params=[said])  # noqa: S610 (all of it is ours)
