"""Keeping a file: the bytes first, then the row. Bytes without a row harm nobody and are swept away."""

from datetime import datetime
from typing import Any

from tillit.kit.changes import Actor, change, create, new_key, remove
from tillit.kit.files import storage
from tillit.kit.files.uploads import Upload
from tillit.kit.models import Activity, StoredFile


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
    if upload is None:
        return change(row, {"circle": circle}, actor)
    former = StoredFile(key=row.key, sha256=row.sha256)
    later = StoredFile(key=row.key, **said_of(upload, now))
    if later.path == former.path:
        return change(row, {"circle": circle, "name": upload.name}, actor)
    storage.put(
        later.path, upload.file
    )  # should the rest fail: somebody else may name them as well
    done = change(row, {"circle": circle, **said_of(upload, now)}, actor)
    former.discard_later()
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
