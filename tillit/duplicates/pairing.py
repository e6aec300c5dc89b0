"""Finding pairs that may be one, making one by hand, and what is decided of them short of a merge."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tillit.duplicates.kinds import KINDS, Kind, Weighed
from tillit.duplicates.models import Pair, State
from tillit.kit.changes import Actor, change, create, new_key
from tillit.kit.circles import Viewer
from tillit.kit.loading.resolving import chunks
from tillit.kit.locks import one_at_a_time
from tillit.kit.refusal import Refused
from tillit.register.models import Secretariat

FEW = 20_000  # rows that are all looked through every night; of more a seventh a night
DAYS = 7


@dataclass
class Findings:
    """How many pairs a search weighed, how many were new, and how many were no more."""

    weighed: int = 0
    new: int = 0
    gone: int = 0


def find_all(day: date, only: int | None = None) -> Findings:
    """Look through what the secretariats of the day look after, or all that one of them does."""
    findings = Findings(gone=forget_stale())
    standing = Secretariat.objects.on(day).order_by("key")
    for secretariat in standing.filter(pk=only) if only else standing:
        find_for(secretariat, day, findings, whole=bool(only))
    return findings


def find_for(
    secretariat: Secretariat, day: date, findings: Findings, *, whole: bool = False
) -> None:
    """Propose what may be one, among what the secretariat sees. What was decided stays decided."""
    viewer = Viewer.with_circles({secretariat.own_circle})
    for noun, kind in KINDS.items():
        part = all_of if whole else partial(tonight, day=day)
        there = {frozenset(it) for it in Pair.objects.of(noun).values_list("one", "other")}
        for weighed in kind.found(secretariat, viewer, day, part):
            findings.weighed += 1
            both = frozenset({weighed.one.subject, weighed.other.subject})
            if both not in there:  # each is found from both sides, and nearly all every night
                there.add(both)
                findings.new += propose(kind, weighed, day)


def all_of(rows: Any) -> Any:
    return rows


def tonight(rows: Any, day: date) -> Any:
    """All of few rows; of many the seventh whose turn it is."""
    if rows.count() <= FEW:
        return rows
    return rows.annotate(turn=F("pk") % DAYS).filter(turn=day.toordinal() % DAYS)


@transaction.atomic
def propose(kind: Kind, weighed: Weighed, day: date) -> bool:
    """Write a pair that is not there. Whether it was new."""
    one, other = weighed.one, weighed.other
    one_at_a_time("duplicates.pair")
    if Pair.objects.between(one.subject, other.subject).exists():
        return False
    row = new_pair(kind, one, other, day)
    row.score = weighed.likeness.score
    row.save(force_insert=True)
    return True


def new_pair(kind: Kind, one: Any, other: Any, day: date) -> Pair:
    """A pair in the order of its keys, read by the offices that look after the two."""
    first, second = sorted((one, other), key=lambda it: it.key)
    row = Pair(key=new_key(), one=first.subject, other=second.subject, found_on=day)
    circles = sorted({it.own_circle for it in kind.secretariats([one, other])})
    row.circle, row.also = (*circles, "", "")[:2]
    return row


@transaction.atomic
def pair_of(kind: Kind, one: Any, other: Any, viewer: Viewer, day: date) -> Pair:
    """The pair that somebody makes by hand, or the one that there is. Raises Refused."""
    if one.pk == other.pk:
        raise Refused(_("This is the same entry. Choose another one."))
    one_at_a_time("duplicates.pair")
    found: Pair | None = Pair.objects.between(one.subject, other.subject).first()
    if found is not None:
        if found.state != State.OPEN:
            decide(found, Decision(State.OPEN), Actor.of(viewer), day)
        return found
    row = new_pair(kind, one, other, day)
    if not row.circle or not {row.circle, row.also} & viewer.circles:
        raise Refused(_("Nobody whom you work for looks after either of them."), 403)
    row.score = max(kind.weigh([(one, other)], viewer, day)[0].score, 0)
    return create(row, Actor.of(viewer))


@dataclass(frozen=True)
class Decision:
    """What becomes of a pair short of a merge; `until` of one that is put off."""

    to: State
    why: str = ""
    until: date | None = None


def decide(pair: Pair, it: Decision, actor: Actor, day: date) -> None:
    """Put it off, say that they are two, or take that back."""
    said = {"state": it.to, "why": it.why, "until": it.until if it.to == State.LATER else None}
    change(pair, {**said, "decided_on": None if it.to == State.OPEN else day}, actor)


def forget_stale() -> int:
    """Remove pairs of which one is no longer in the register; how many."""
    stale = []
    for noun, kind in KINDS.items():
        pairs = list(Pair.objects.of(noun).values_list("pk", "one", "other"))
        there = set(known_keys(kind, {key_of(it) for _pk, *both in pairs for it in both}))
        stale += [pk for pk, *both in pairs if not {key_of(it) for it in both} <= there]
    Pair.objects.filter(pk__in=stale).delete()
    return len(stale)


def known_keys(kind: Kind, keys: Iterable[str]) -> Iterator[str]:
    for chunk in chunks(keys):
        rows = kind.model._default_manager.filter(key__in=chunk)  # noqa: SLF001
        yield from rows.values_list("key", flat=True)


def key_of(subject: str) -> str:
    return subject.partition(":")[2]
