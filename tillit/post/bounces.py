"""What comes back: mails that never arrived, and addresses to leave alone from now on."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog
from django.db import transaction

from tillit.kit.lines import clean
from tillit.post.holding import comparable
from tillit.post.models import Message, OptOut, State, Suppression

log = structlog.get_logger("tillit.post")

WENT = [State.SENT, State.UNCERTAIN, State.TAKEN, State.BOUNCED]


class Kind(StrEnum):
    """What was told of a mail."""

    GONE = "gone"  # the address can't be reached: nothing more goes there
    FAILED = "failed"  # this mail did not arrive, another might
    DELAYED = "delayed"
    COMPLAINT = "complaint"  # the receiver called it spam


@dataclass(frozen=True)
class Bounce:
    kind: Kind
    message_id: str = ""
    email: str = ""
    reason: str = ""
    key: str = ""  # of the mail, where that is what the service tells

    def cleaned(self) -> "Bounce":
        """Without what no column takes: it comes from strangers."""
        said = (self.message_id, self.email, self.reason, self.key)
        return Bounce(self.kind, *map(clean, said))


def record(bounce: Bounce, now: datetime, *, trusted: bool) -> bool:
    """Write down what was told; False when it is of no mail of ours.

    Anybody can send a mail that looks like a bounce. So unless the teller is trusted, it must know
    the Message-ID, which only the receiver has seen.
    """
    bounce = bounce.cleaned()
    message = message_meant(bounce)
    email = message.to_email if message else comparable(bounce.email)
    if message is None and not (trusted and email):
        return False
    with transaction.atomic():
        match bounce.kind:
            case Kind.GONE | Kind.FAILED:
                mark(message, bounce, now)
        if bounce.kind is Kind.GONE:
            suppress(email, bounce.reason)
        if bounce.kind is Kind.COMPLAINT and message and message.topic:
            OptOut.objects.get_or_create(email=email, topic=message.topic)
    log.info("bounce", kind=str(bounce.kind), known=message is not None)
    return True


def message_meant(bounce: Bounce) -> Message | None:
    if bounce.key:
        return Message.objects.filter(key=bounce.key).first()
    name = bounce.message_id.strip().strip("<>")
    return Message.objects.filter(message_id=f"<{name}>").first() if name else None


def mark(message: Message | None, bounce: Bounce, now: datetime) -> None:
    if message is not None:
        Message.objects.filter(pk=message.pk, state__in=WENT).update(
            state=State.BOUNCED, settled_at=now, reply=bounce.reason[:300], decided_at=None
        )
        bounced = Message.objects.filter(pk=message.pk, state=State.BOUNCED)
        bounced.filter(secret=True).emptied(now)


def suppress(email: str, reason: str) -> None:
    Suppression.objects.get_or_create(
        email=email, lifted_at=None, defaults={"reason": reason[:300]}
    )


# Enhanced status codes (RFC 3463) that speak of the address itself; the rest speak of this mail.
OF_THE_ADDRESS = re.compile(r"5\.(1\.\d+|2\.1|0\.0|4\.4)\Z")


def kind_of(action: str, status: str) -> Kind | None:
    """What a delivery report says of a receiver (RFC 3464)."""
    if action == "delayed":
        return Kind.DELAYED
    if action != "failed":
        return None
    return Kind.GONE if OF_THE_ADDRESS.match(status) else Kind.FAILED
