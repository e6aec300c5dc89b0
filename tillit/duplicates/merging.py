"""Making two entries one, and two again."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.duplicates.kinds import KINDS, Kind
from tillit.duplicates.models import Merge, Pair, State
from tillit.duplicates.pairing import key_of, new_pair
from tillit.duplicates.rules import may_merge, may_part
from tillit.duplicates.standing import moved
from tillit.kit.changes import Actor, new_key, together
from tillit.kit.circles import Viewer
from tillit.kit.locks import one_at_a_time
from tillit.kit.merging import joining, parting
from tillit.kit.merging.joining import Joining
from tillit.kit.merging.parting import Parting
from tillit.kit.merging.steps import Step, going, setting
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
    with in_words(joining.refused), together(actor, why) as it:
        kept, gone = locked(kept, gone)
        refuse(kept, gone, viewer, chosen)
        row = Merge(key=new_key(), kept=kept.subject, gone=gone.subject, title=str(gone))
        row.title = row.title[:LONGEST_TITLE]
        row.done_at, row.by, row.behalf, row.why = now, actor.person, actor.behalf, why
        row.circle, row.also = readers_of(kept, viewer)
        it.create(row)
        steps = settle_pairs(kept.subject, gone.subject)
        steps += Joining(it).join(kept, gone, kind.values(kept, gone, chosen))
        row.keep(steps)
    return row


@contextmanager
def in_words(refused: Callable[[ValidationError], str]) -> Iterator[None]:
    """What a rule or the database refuses is refused in words."""
    try:
        yield
    except ValidationError as error:
        raise Refused(refused(error), 409) from error
    except IntegrityError as error:
        said = _("Somebody else has changed something of it at the same time. Try again.")
        raise Refused(said, 409) from error


def readers_of(kept: Any, viewer: Viewer) -> tuple[str, str]:
    """The office that decides, and those whom it is about."""
    office = secretariat_of(viewer)
    return (office.own_circle if office else kept.own_circle), kept.own_circle


def locked(*rows: Any) -> list[Any]:
    """The rows as they are now, kept from others until all is done. Raises Refused if one is gone."""
    one_at_a_time("duplicates.merge")
    one_at_a_time("duplicates.pair")
    found = {}
    for row in sorted(rows, key=lambda it: int(it.pk)):
        stored = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()  # noqa: SLF001
        if stored is None:
            raise Refused(_("“%(name)s” is no longer there.") % {"name": row}, 409)
        found[row.pk] = stored
    return [found[row.pk] for row in rows]


def refuse(kept: Any, gone: Any, viewer: Viewer, chosen: Mapping[str, str]) -> None:
    """Raise Refused when the viewer may not merge them, or they can't be one."""
    if kept.pk == gone.pk:
        raise Refused(_("This is the same entry. Choose another one."), 409)
    if not may_merge(viewer, kept, gone):
        raise Refused(_("To merge two entries one must be allowed to edit both."), 403)
    if gone.key in chosen.values() and not may_merge(viewer, gone, kept):
        said = _("“%(name)s” belongs to others too, so what stands there must stay as it is.")
        raise Refused(said % {"name": kept}, 403)
    for said in KINDS[kept.noun].hindrances(kept, gone)[kept.key]:
        raise Refused(said, 409)


def settle_pairs(kept: str, gone: str) -> list[Step]:
    """That the two may be one is settled; of other pairs each stands once, in the order of its keys.

    That two are two outweighs that they may be one. The pairs that went come back with what went.
    """
    Pair.objects.between(kept, gone).delete()
    steps: list[Step] = []
    for pair in Pair.objects.naming(gone).order_by("pk"):
        other = pair.other if pair.one == gone else pair.one
        there = Pair.objects.between(kept, other).first()
        if there is None:
            steps += setting_all(
                pair, dict(zip(("one", "other"), sorted((kept, other)), strict=True))
            )
            continue
        if pair.state == State.REFUSED != there.state:
            steps += setting_all(there, {"state": pair.state, "why": pair.why, "until": None})
        steps.append(going(pair, there))
        pair.delete()
    return steps


def setting_all(row: Pair, values: Mapping[str, Any]) -> list[Step]:
    steps = [setting(row, name, getattr(row, name), value) for name, value in values.items()]
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return steps


def part(merge: Merge, viewer: Viewer, now: datetime, why: str = "") -> Merge:
    """Make them two again. They are taken to be two from now on.

    Raises Refused when the merge has been undone, or the one that stayed was merged in its turn.
    """
    actor, kind = Actor.of(viewer), KINDS[merge.kept.partition(":")[0]]
    rows = kind.model._default_manager  # noqa: SLF001
    with in_words(parting.refused), together(actor, why) as it:
        one_at_a_time("duplicates.merge")
        one_at_a_time("duplicates.pair")
        stored = Merge.objects.select_for_update().get(pk=merge.pk)
        kept = rows.select_for_update().filter(key=key_of(stored.kept)).first()
        refuse_parting(stored, kept, viewer)
        act, steps = Parting(it, now_of), stored.kept_steps()
        if not steps:
            raise Refused(_("How it was done is no longer known, so it can't be undone."), 409)
        act.part(steps)
        kept, gone = (rows.get(key=key_of(it)) for it in (stored.kept, stored.gone))
        it.touch([kept])
        it.change(gone, kind.rest(kept, gone, timezone.localdate(now)))
        done = {"undone_at": now, "undone_by": actor.person, "undone_why": why}
        it.change(stored, {**done, "left": act.left})
        rest_apart(kind, kept, gone, timezone.localdate(now))
    merge.refresh_from_db()
    return merge


def now_of(subject: str) -> str:
    return moved([subject]).get(subject, subject)


def refuse_parting(merge: Merge, kept: Any, viewer: Viewer) -> None:
    if merge.is_undone:
        raise Refused(_("This has been undone already."), 409)
    later = Merge.objects.standing().filter(gone=merge.kept).first()
    if later is not None:
        words = {"name": later.title}
        raise Refused(_("“%(name)s” was merged in its turn. Undo that one first.") % words, 409)
    if kept is None:
        raise Refused(_("It is no longer there."), 409)
    if not may_part(viewer, kept, merge):
        raise Refused(_("To merge two entries one must be allowed to edit both."), 403)


def rest_apart(kind: Kind, kept: Any, gone: Any, day: date) -> None:
    """Say of the two that they are two, so that they are not proposed again at night."""
    pair = Pair.objects.between(kept.subject, gone.subject).first()
    if pair is None:
        pair = new_pair(kind, kept, gone, day)
    pair.state, pair.until, pair.decided_on = State.REFUSED, None, day
    pair.why = _("A merge was undone.")
    pair.save()
