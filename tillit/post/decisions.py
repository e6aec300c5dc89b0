"""What a person decides about a mail that did not simply go: once more, or let it be."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.kit.changes import Actor
from tillit.kit.models import Activity, Verb
from tillit.kit.refusal import Refused
from tillit.post.holding import held
from tillit.post.models import Message, State, Suppression
from tillit.post.outbox import send_soon

# What may go once more. What waits or is on its way may not, and what has arrived need not.
OPEN = [State.UNCERTAIN, State.REFUSED, State.BOUNCED, State.HELD]


def send_again(message: Message, actor: Actor, now: datetime) -> None:
    """Once more, under the same Message-ID: who already has it may see it only once. Raises Refused."""
    if held([message]):
        raise Refused(_("This address bounces, or has opted out. Nothing is sent to it."), 409)
    anew = {"state": State.WAITING, "next_attempt_at": now, "attempts": 0, "taken_by": ""}
    with transaction.atomic():
        texts = Message.objects.filter(pk=message.pk, state__in=OPEN).exclude(text="")
        if not texts.update(taken_at=None, settled_at=None, decided_at=None, **anew):
            raise Refused(_("This mail can't be sent once more."), 409)
        tell(message, actor, "sent once more")
        transaction.on_commit(send_soon)


def let_be(message: Message, actor: Actor, now: datetime) -> None:
    """An uncertain mail is left as it is, and asks for nothing more. Raises Refused."""
    with transaction.atomic():
        if not Message.objects.undecided().filter(pk=message.pk).update(decided_at=now):
            raise Refused(_("This has been decided already."), 409)
        Message.objects.filter(pk=message.pk, secret=True).emptied(now)
        tell(message, actor, "let be")


def lift(email: str, actor: Actor, now: datetime) -> None:
    """Send to an address again although it bounced. Raises Refused when it is not held back."""
    with transaction.atomic():
        if not Suppression.objects.filter(email=email, lifted_at=None).update(lifted_at=now):
            raise Refused(_("This address is not held back."), 409)
        last = Message.objects.filter(to_email=email).order_by("pk").last()
        if last is not None:
            tell(last, actor, "address allowed again")


def tell(message: Message, actor: Actor, reason: str) -> None:
    """One row of activity. There is nothing in it to take back: what was sent was sent."""
    Activity.objects.create(
        actor=actor.person,
        behalf=actor.behalf,
        subject=message.subject,
        about=message.about,
        verb=Verb.CHANGED,
        reason=reason,
        circle=message.circle,
    )
