"""Sending a letter: once, to recipients that are frozen first, and begun again wherever it stopped.

What has been done is seen from the rows alone: a recipient without a message has no mail yet. The
letter is locked while a batch becomes rows, so two workers, or one that was killed, write no mail
twice, and a stop falls between two batches.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.kit import changes
from tillit.kit.changes import Actor, new_key
from tillit.kit.refusal import Refused
from tillit.letters.drafting import locked_draft
from tillit.letters.mailing import Letterhead, mails
from tillit.letters.models import Letter, Recipient
from tillit.letters.receivers import Chosen, Receiver
from tillit.post import outbox
from tillit.post.models import Message
from tillit.register.models import Person

BATCH = 500
SENDER_DOES_NOT_SEE = "letters"  # a circle that nobody has


def start(letter: Letter, found: Chosen, by: Person | None, actor: Actor, now: datetime) -> None:
    """Freeze who gets it. From here on it is sent whatever becomes of the one who asked for it.

    Raises Refused when somebody has begun already, or when nobody would get it.
    """
    if not found.receivers:
        raise Refused(_("Nobody would get the letter. Choose receivers first."), 409)
    with transaction.atomic():
        draft = locked_draft(letter)
        freeze(draft, found.receivers)
        changes.change(draft, {"started_at": now, "started_by": by, "touched_at": now}, actor)


def freeze(letter: Letter, receivers: Sequence[Receiver]) -> None:
    rows = [recipient_of(letter, it) for it in receivers]
    Recipient.objects.bulk_create(rows, batch_size=BATCH)
    through: Any = Recipient.organisations.through
    through.objects.bulk_create(
        [
            through(recipient=row, organisation=organisation)
            for row, receiver in zip(rows, receivers, strict=True)
            for organisation in receiver.organisations
        ],
        batch_size=BATCH,
    )


def recipient_of(letter: Letter, receiver: Receiver) -> Recipient:
    return Recipient(
        key=new_key(),
        letter=letter,
        circle=letter.circle_of_recipients if receiver.seen else SENDER_DOES_NOT_SEE,
        email=receiver.email,
        name=receiver.name[:200],
        language=letter.language_for(receiver.wished_language),
        title=receiver.title[:400],
        person=receiver.person,
    )


def go_on(letter: Letter, now: datetime) -> int:
    """Write the mails that are not yet rows; tells how many it wrote. May be begun again anywhere."""
    count = 0
    while batch := list(letter.recipients.unwritten().select_related("person")[:BATCH]):
        written = write_batch(letter, batch)
        if written is None:
            return count
        count += written
    Letter.objects.half_written().filter(pk=letter.pk).update(written_at=now)
    return count


def write_batch(letter: Letter, batch: Sequence[Recipient]) -> int | None:
    """The mails as rows, all or none of them; None when no more should be written.

    Rendering takes time. Who has been written to meanwhile, or erased, is left out.
    """
    letters = {it.to_email: it for it in mails(letter, [letterhead_of(it) for it in batch])}
    with transaction.atomic():
        if not Letter.objects.select_for_update().half_written().filter(pk=letter.pk).exists():
            return None
        still = letter.recipients.unwritten().filter(pk__in=[it.pk for it in batch])
        rows = still.select_for_update(of=("self",))
        recipients = [it for it in rows if it.email in letters]
        outbox.keep([letters[it.email] for it in recipients])
        return tie(letter, recipients)


def letterhead_of(it: Recipient) -> Letterhead:
    person = it.person.subject if it.person else ""
    return Letterhead(it.email, it.name, it.title, it.language, person)


def tie(letter: Letter, recipients: Sequence[Recipient]) -> int:
    """Tell each recipient which mail is theirs."""
    emails = [it.email for it in recipients]
    kept = Message.objects.filter(about=letter.subject, to_email__in=emails)
    by_email = dict(kept.values_list("to_email", "pk"))
    for it in recipients:
        it.message_id = by_email[it.email]
    Recipient.objects.bulk_update(recipients, ["message"], batch_size=BATCH)
    return len(recipients)


def stop(letter: Letter, by: Person | None, actor: Actor, now: datetime) -> int:
    """Send no more of it. What a worker has taken goes; tells how many mails were taken back."""
    with transaction.atomic():
        locked = Letter.objects.select_for_update().get(pk=letter.pk)
        if locked.stopped_at or locked.is_draft:
            return 0
        waiting = Message.objects.waiting().filter(about=letter.subject)
        keys = list(waiting.select_for_update().values_list("pk", flat=True))
        Recipient.objects.filter(letter=locked, message__in=keys).update(message=None)
        Message.objects.filter(pk__in=keys).delete()
        changes.change(locked, {"stopped_at": now, "stopped_by": by}, actor)
    return len(keys)
