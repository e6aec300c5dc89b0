"""Deciding on a request: one decision, carried out in the same transaction, told by mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor, change, create, new_key
from tillit.kit.locks import one_at_a_time
from tillit.kit.refusal import Refused
from tillit.privacy import erasing, keys, mails
from tillit.privacy.asking import locked
from tillit.privacy.models import ErasureDecision, ErasureRequest, Outcome
from tillit.privacy.sweep import EVERYWHERE, Range
from tillit.register.actions.mandates import keep_offices_without

EMPTY = {"person": None, "account": None, "reason": "", "proof": "", "email": ""}


@dataclass(frozen=True)
class Judgement:
    """What somebody decides: with which parts, if not all, and where the name is covered."""

    outcome: str
    ground: str
    reason: str
    parts: Sequence[str] = ()
    names: Range = EVERYWHERE


def decide(row: ErasureRequest, said: Judgement, actor: Actor, now: datetime) -> ErasureDecision:
    """Of two who decide at once, the second is told so. Raises Refused."""
    with transaction.atomic():
        one_at_a_time("privacy:decide")
        it = locked(row)
        if not it.is_standing:
            raise Refused(
                _("It has been decided or withdrawn meanwhile. Load the page again."), 409
            )
        to = mails.addressee(it)
        decision = _write(it, said, actor, now)
        if said.outcome != Outcome.REFUSED:
            _carry_out(it, decision, said, now)
        mails.decided(it, decision, to)
    return decision


def _write(row: ErasureRequest, said: Judgement, actor: Actor, now: datetime) -> ErasureDecision:
    decision = ErasureDecision(
        key=new_key(),
        request=row,
        outcome=said.outcome,
        ground=said.ground,
        reason=said.reason,
        parts=list(said.parts),
        by=actor.person,
        behalf=actor.behalf,
        at=now,
    )
    create(decision, actor)
    change(row, {"decided_at": now}, actor)
    return decision


def _carry_out(
    row: ErasureRequest, decision: ErasureDecision, said: Judgement, now: datetime
) -> None:
    if row.person and "sign_in" in said.parts:  # the mandates, when they go, see to it themselves
        keep_offices_without(row.person.key, timezone.localdate(now))
    done = erasing.erase(erasing.Erasure(row.person, account_of(row), said.parts, said.names))
    keys.bar(done.subjects, decision, now)
    counts = {"rows": done.rows, "texts": done.texts}
    ErasureDecision.objects.filter(pk=decision.pk).update(counts=counts)
    if not said.parts:
        ErasureRequest.objects.filter(pk=row.pk).update(**EMPTY, emptied_at=now)


def account_of(row: ErasureRequest) -> int | None:
    """The account to be erased: the person's own, or that of an asker who is nobody in the register.

    Whoever asks by mail for somebody with an account has shown an address, not that account.
    """
    return row.person.account_id if row.person else row.account_id
