"""Making two entries one, and two again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.duplicates.kinds import KINDS
from tillit.duplicates.models import Merge, Pair, State
from tillit.duplicates.pairing import key_of, new_pair
from tillit.duplicates.rules import may_merge
from tillit.kit.changes import Actor, new_key, together
from tillit.kit.circles import Viewer
from tillit.kit.locks import one_at_a_time
from tillit.kit.merging import joining, parting
from tillit.kit.merging.joining import Joining
from tillit.kit.merging.parting import Parting
from tillit.kit.refusal import Refused
from tillit.register.rules import secretariat_of

LONGEST_TITLE = 200


def merge(
    kept: Any,
    gone: Any,
    viewer: Viewer,
    now: datetime,
    *,
    chosen: Mapping[str, str],
    why: str = "",
) -> Merge:
    """Let `kept` stay, with the chosen values, and give it all that names `gone`.

    `chosen` gives the key of one of the two by the name of a column. Raises Refused when they can't be
    one, or one of them has gone meanwhile.
    """
    actor, kind = Actor.of(viewer), KINDS[kept.noun]
    try:
        with together(actor, why, told_to=told_to(kept, viewer)) as it:
            kept, gone = locked(kept, gone)
            refuse(kept, gone, viewer)
            row = Merge(key=new_key(), kept=kept.subject, gone=gone.subject, title=str(gone))
            row.title = row.title[:LONGEST_TITLE]
            row.done_at, row.by, row.behalf, row.why = now, actor.person, actor.behalf, why
            row.circle, row.also = told_to(kept, viewer)
            it.create(row)
            it.told_to = None  # what the kept one says from now on is told as ever
            # That they may be one has been settled.
            Pair.objects.between(kept.subject, gone.subject).delete()
            values = kind.values(kept, gone, chosen)
            row.keep(Joining(it).join(kept, gone, values))
            settle_pairs(kept.subject)
    except ValidationError as error:
        raise Refused(joining.refused(error), 409) from error
    return row


def told_to(kept: Any, viewer: Viewer) -> tuple[str, str]:
    """The office that decides, and those whom it is about."""
    office = secretariat_of(viewer)
    return (office.own_circle if office else kept.own_circle), kept.own_circle


def locked(*rows: Any) -> list[Any]:
    """The rows as they are now, kept from others until all is done. Raises Refused if one is gone."""
    one_at_a_time("duplicates.merge")
    found = {}
    for row in sorted(rows, key=lambda it: int(it.pk)):
        stored = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()  # noqa: SLF001
        if stored is None:
            raise Refused(_("“%(name)s” is no longer there.") % {"name": row}, 409)
        found[row.pk] = stored
    return [found[row.pk] for row in rows]


def refuse(kept: Any, gone: Any, viewer: Viewer) -> None:
    """Raise Refused when the viewer may not merge them, or they can't be one."""
    if kept.pk == gone.pk:
        raise Refused(_("This is the same entry. Choose another one."), 409)
    if not may_merge(viewer, kept, gone):
        raise Refused(_("To merge two entries one must be allowed to edit both."), 403)
    for said in KINDS[kept.noun].hindrances(kept, gone):
        raise Refused(said, 409)


def settle_pairs(subject: str) -> None:
    """No pair is of one and the same, and none stands twice."""
    seen: set[str] = set()
    for pair in Pair.objects.naming(subject).order_by("pk"):
        other = pair.other if pair.one == subject else pair.one
        if other == subject or other in seen:
            pair.delete()
        seen.add(other)


def part(merge: Merge, viewer: Viewer, now: datetime, why: str = "") -> Merge:
    """Make them two again. They are taken to be two from now on.

    Raises Refused when the merge has been undone, or the one that stayed was merged in its turn.
    """
    actor = Actor.of(viewer)
    kind = KINDS[merge.kept.partition(":")[0]]
    rows = kind.rows(Viewer()).model._default_manager  # noqa: SLF001
    try:
        with together(actor, why, told_to=(merge.circle, merge.also)) as it:
            one_at_a_time("duplicates.merge")
            stored = Merge.objects.select_for_update().get(pk=merge.pk)
            kept = rows.select_for_update().filter(key=key_of(stored.kept)).first()
            refuse_parting(stored, kept)
            steps, act = stored.kept_steps(), Parting(it)
            if not steps:
                raise Refused(_("How it was done is no longer known, so it can't be undone."), 409)
            act.part(steps)
            done = {"undone_at": now, "undone_by": actor.person, "undone_why": why}
            it.change(stored, {**done, "left": act.left})
            it.touch([rows.get(pk=kept.pk)])
            gone = rows.get(key=key_of(stored.gone))
            rest_apart(kind.rows(Viewer()).model, kept, gone, now)
    except ValidationError as error:
        raise Refused(parting.refused(error), 409) from error
    merge.refresh_from_db()
    return merge


def refuse_parting(merge: Merge, kept: Any) -> None:
    if merge.is_undone:
        raise Refused(_("This has been undone already."), 409)
    later = Merge.objects.standing().filter(gone=merge.kept).first()
    if later is not None:
        words = {"name": later.title}
        raise Refused(_("“%(name)s” was merged in its turn. Undo that one first.") % words, 409)
    if kept is None:
        raise Refused(_("It is no longer there."), 409)


def rest_apart(model: Any, kept: Any, gone: Any, now: datetime) -> None:
    """Say of the two that they are two, so that they are not proposed again at night."""
    kind = KINDS[model.noun]
    pair = Pair.objects.between(kept.subject, gone.subject).first()
    if pair is None:
        pair = new_pair(kind, kept, gone, timezone.localdate(now))
    pair.state, pair.until = State.REFUSED, None
    pair.why = _("A merge was undone.")
    pair.save()
