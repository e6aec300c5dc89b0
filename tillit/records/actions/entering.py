"""A record is entered, its draft is given another text, and it is established."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor, change, create, new_key, note, together
from tillit.kit.circles import PUBLIC
from tillit.kit.files import keeping
from tillit.kit.files.uploads import Upload, read
from tillit.kit.models import StoredFile, Verb
from tillit.records.actions.steps import take_step
from tillit.records.choices import State
from tillit.records.models import Record, RecordStep
from tillit.register.models import Organisation


def upload_of(content: bytes, name: str) -> Upload:
    """Bytes that were made here, as a file that may be kept. Raises ValidationError."""
    return read(BytesIO(content), name)


def enter(record: Record, upload: Upload | None, actor: Actor, now: datetime) -> Record:
    """A new draft, with its file if there is one. Raises ValidationError, Away.

    The file comes first: a record never waits for its bytes.
    """
    record.key = record.key or new_key()
    record.sha256 = upload.sha256 if upload else ""
    record.guard()
    record.full_clean()
    if upload is None:
        return create(record, actor)
    file = keeping.keep(upload, record.subject, record.circle, actor, now)
    try:
        return create(record, actor)
    except BaseException:
        keeping.take_away(file, actor)
        raise


def edit(
    record: Record, new: Mapping[str, Any], upload: Upload | None, actor: Actor, now: datetime
) -> bool:
    """Other values and, of a draft, another file; whether anything changed. Raises ValidationError."""
    if upload is None:
        return _change(record, new, actor)
    file = StoredFile.objects.of(record.subject).first()
    with transaction.atomic():
        _change(record, {**new, "sha256": upload.sha256}, actor)
        if file is None:
            keeping.keep(upload, record.subject, record.circle, actor, now)
        else:
            file.refresh_from_db()
            keeping.replace(file, upload, record.circle, actor, now)
    return True


def _change(record: Record, new: Mapping[str, Any], actor: Actor) -> bool:
    circle, said = new.get("circle", record.circle), {k: v for k, v in new.items() if k != "circle"}
    with transaction.atomic():
        moved = circle != record.circle
        if moved and record.joint:
            raise ValidationError(_("It is read by those who read what it belongs to."))
        if moved:
            show_to(record, circle, actor)
        return change(record, said, actor) is not None or moved


def show_to(record: Record, circle: str, actor: Actor) -> None:
    """Let another circle read it, and all that belongs to it."""
    with transaction.atomic():
        before = record.circle
        with together(actor) as it:
            it.change(record, {"circle": circle})
            it.touch([record])
        if record.circle != before:
            note(record, Verb.CHANGED, {"circle": [before, record.circle]}, actor)


def freeze(
    title: str,
    *,
    kind: str,
    of: str,
    keeper: Organisation,
    upload: Upload,
    actor: Actor,
    now: datetime,
    circle: str = PUBLIC,
    reason: str = "",
    by: str = "",
    joint: bool = False,
) -> Record:
    """A document that is established as it is: a record with these bytes, which are never replaced.

    What is `joint` binds several parties, so its keeper alone does not decide who reads and signs it.
    In a transaction of the caller too. Raises ValidationError, Away.
    """
    day = timezone.localdate(now).isoformat()
    record = Record(title=title, kind=kind, of=of, keeper=keeper, circle=circle, joint=joint)
    record.dated = day
    with transaction.atomic():
        enter(record, upload, actor, now)
        step = RecordStep(kind=State.ESTABLISHED, dated=day, reason=reason, by=by)
        take_step(record, step, actor)
    return record
