"""Sending what waits, one message after another, by any number of workers at once.

A message is taken in a transaction of its own before the server hears of it, and its state is
written when the server has answered. So a worker that is killed leaves one message that is taken;
when its time is up it is uncertain, since nobody knows whether the server had it.
"""

import secrets
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tillit.kit.background.ending import is_ending
from tillit.post.letters import NoAddress, letter_of
from tillit.post.line import Line
from tillit.post.models import Message, State, Trouble
from tillit.post.models.message import SAYING_NOTHING, MessageQuerySet
from tillit.post.server import Post, current_post, domain
from tillit.post.verdicts import Broken, Fate, Fault, Verdict

log = structlog.get_logger("tillit.post")

# After each refusal for now, in minutes; some three days in all.
PAUSES = (1, 5, 30, 120, 360, 720, 1440, 1440)
# How long one task goes on sending while other work may wait behind it.
STINT = timedelta(minutes=1)
NO_ADDRESS = "no-address"
TAKING = ("state", "taken_by", "taken_at", "reply_code", "reply")


def is_work() -> bool:
    """Whether anything could be done now: something to send, to hold or to tell as uncertain."""
    now = timezone.now()
    left = (Message.objects.lapsed(lapsed_before(now)), Message.objects.outdated(now))
    if any(rows.exists() for rows in left):
        return True
    return may_send(now) and Message.objects.due(now).exists()


def may_send(now: datetime) -> bool:
    """Whether a server is set, and has not just shown that it takes nothing."""
    post = current_post()
    if post.server is None or not post.sender.address:
        return False
    trouble = Trouble.current()
    return (trouble is None or trouble.try_again_at() <= now) and rested(now)


def rested(now: datetime) -> bool:
    """After a server fell silent with a mail in its hands: the more of them in a row, the longer."""
    silent = Message.objects.silent_since_last_sent()
    if not silent:
        return True
    return silent[0] + min(timedelta(minutes=2 ** len(silent)), timedelta(hours=1)) <= now


def lapsed_before(now: datetime) -> datetime:
    return now - timedelta(seconds=settings.TILLIT_MAIL_LEASE)


def tell_uncertain(now: datetime) -> int:
    """What a worker took and never told of may have been sent or not."""
    count = Message.objects.lapsed(lapsed_before(now)).update(state=State.UNCERTAIN, settled_at=now)
    if count:
        log.warning("messages uncertain", count=count)
    return count


def hold_outdated(now: datetime) -> int:
    """What nobody has any use for by now is not sent, and not kept, whether mail can be sent or not."""
    return Message.objects.outdated(now).emptied(now)


def send_waiting() -> bool:
    """Send until nothing is due, the stint is over or the server can't. True: there is more.

    A worker that is told to end finishes the mail that it is at.
    """
    now, post = timezone.now(), current_post()
    if post.server is None or not may_send(now) or not Message.objects.due(now).exists():
        return False
    with Line(post.server, domain(post.sender)) as line:
        stint = Stint(post, line)
        while timezone.now() < now + STINT and not is_ending():
            if not stint.goes_on():
                return False
    return True


class Stint:
    """One worker's sending over one line."""

    def __init__(self, post: Post, line: Line) -> None:
        self.post, self.line, self.sent = post, line, 0

    def goes_on(self) -> bool:
        """Send one message. False when there is no more to send, or no way to send it."""
        try:
            self.line.open()
        except Broken as broken:
            return self.after(broken)
        message = take(secrets.token_hex(8), timezone.now())
        if message is None:
            return False
        return message.state == State.HELD or self.attempted(message)

    def attempted(self, message: Message) -> bool:
        try:
            verdict = self.verdict_on(message)
        except Broken as broken:
            give_back(message, broken.fault, timezone.now())
            return self.after(broken)
        settle(message, verdict, timezone.now())
        if verdict.fate is Fate.SENT:
            self.went_well()
        return verdict.fate is not Fate.UNCERTAIN

    def verdict_on(self, message: Message) -> Verdict:
        """What came of it. As long as it is no letter nothing was sent, whatever is wrong with it."""
        try:
            letter = letter_of(message, self.post.sender)
        except NoAddress:
            return Verdict(Fate.REFUSED, None, NO_ADDRESS)
        except Broken:
            raise
        except Exception as error:
            log.exception("mail that can't be put together", message=message.key)
            return Verdict(Fate.LATER, None, type(error).__name__)
        return self.line.send(letter)

    def went_well(self) -> None:
        if not self.sent:
            Trouble.over()
        self.sent += 1

    def after(self, broken: Broken) -> bool:
        """Servers hang up after so many mails: try once more if some have gone."""
        if self.sent and broken.fault.is_of_the_mail:
            self.sent = 0
            return True
        Trouble.seen(broken.fault, broken.reply, timezone.now())
        log.warning("mail server", fault=str(broken.fault))
        return False


def take(worker: str, now: datetime) -> Message | None:
    """The next one, for this worker alone: committed before anything is sent."""
    with transaction.atomic():
        due = Message.objects.due(now).with_stops()
        message: Message | None = due.select_for_update(skip_locked=True, of=("self",)).first()
        if message is None:
            return None
        if message.bounces or message.opted_out:
            message.hold(now)
            message.save()
            return message
        message.state, message.taken_by, message.taken_at = State.TAKEN, worker, now
        message.reply_code, message.reply = None, ""  # of an earlier attempt
        message.save(update_fields=TAKING)
    return message


def settle(message: Message, verdict: Verdict, now: datetime) -> None:
    """Write what came of it. Even when it took so long that it was told as uncertain meanwhile."""
    if verdict.fate is Fate.LATER and message.attempts < len(PAUSES):
        wait(message, now + timedelta(minutes=PAUSES[message.attempts]), verdict)
        return
    state = State.REFUSED if verdict.fate is Fate.LATER else State(verdict.fate)
    new = {"state": state, "settled_at": now, "attempts": message.attempts + 1}
    if state == State.SENT:
        new["sent_at"] = now
    if message.secret and state != State.UNCERTAIN:
        new |= {**SAYING_NOTHING, "emptied_at": now}
    still_ours(message).update(reply_code=verdict.code, reply=verdict.reply, **new)


def wait(message: Message, until: datetime, verdict: Verdict) -> None:
    still_ours(message).update(
        state=State.WAITING,
        next_attempt_at=until,
        attempts=message.attempts + 1,
        reply_code=verdict.code,
        reply=verdict.reply,
        taken_by="",
        taken_at=None,
    )


def give_back(message: Message, fault: Fault, now: datetime) -> None:
    """The server has nothing of it. It waits its turn, or a pause if it may be the cause."""
    if fault.is_of_the_mail:
        settle(message, Verdict(Fate.LATER, None, fault), now)
    else:
        still_ours(message).update(state=State.WAITING, taken_by="", taken_at=None)


def still_ours(message: Message) -> MessageQuerySet:
    ours = Message.objects.filter(pk=message.pk, taken_by=message.taken_by)
    return ours.filter(state__in=[State.TAKEN, State.UNCERTAIN])
