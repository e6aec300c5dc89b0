"""Keeping a file: the bytes first, then the row. Bytes without a row harm nobody and are swept away."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tillit.kit.changes import Actor, change, create, new_key, note, remove
from tillit.kit.files import storage
from tillit.kit.files.uploads import Upload
from tillit.kit.guarding import follow
from tillit.kit.models import Activity, StoredFile, Verb


def keep(upload: Upload, of: str, circle: str, actor: Actor, now: datetime) -> StoredFile:
    """A new file of a subject, for the readers of a circle. Raises Away."""
    row = StoredFile(key=new_key(), of=of, circle=circle, **said_of(upload, now))
    storage.put(row.path, upload.file)
    try:
        return create(row, actor)
    except BaseException:
        storage.discard(row.path)
        raise


def replace(
    row: StoredFile, upload: Upload | None, circle: str, actor: Actor, now: datetime
) -> Activity | None:
    """Other bytes or other readers. What it was stays in the activity. Raises Away."""
    new = said_of(upload, now) if upload else {}
    former, before = StoredFile(key=row.key, sha256=row.sha256), row.circle
    later = StoredFile(key=row.key, sha256=new.get("sha256", row.sha256))
    if upload and later.path != former.path:
        # Kept though the rest may fail: another may name it too.
        storage.put(later.path, upload.file)
    with transaction.atomic():
        done = change(row, {**new, "circle": circle}, actor)
        if circle != before:
            done = tell_readers(row, before, actor, done)
        if later.path != former.path:
            former.discard_later()
    return done


def tell_readers(row: StoredFile, before: str, actor: Actor, done: Activity | None) -> Activity:
    """Who reads a file is changed by people, so it is told; and with it goes what was told before."""
    readers = {"circle": [before, row.circle]}
    if done is None:
        done = note(row, Verb.CHANGED, readers, actor)
    else:
        done.changes |= readers
        done.save(update_fields=["changes"])
    follow([row])
    return done


def take_away(row: StoredFile, actor: Actor, reason: str = "") -> Activity:
    """The row, and then the bytes. That there was a file stays in the activity."""
    return remove(row, actor, reason)


def said_of(upload: Upload, now: datetime) -> dict[str, Any]:
    """The columns that say what the file is."""
    return {
        "name": upload.name,
        "media_type": upload.kind.media_type,
        "encoding": upload.encoding,
        "size": upload.size,
        "sha256": upload.sha256,
        "uploaded_at": now,
        "missing_since": None,
    }
