"""One mail to one receiver, and exactly what is known of how it went."""

import secrets
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Circled, CircledQuerySet, CircleField
from tillit.kit.fields import ByteOrderField, SubjectField
from tillit.post.models.opt_out import OptOut
from tillit.post.models.suppression import Suppression


class State(models.TextChoices):
    WAITING = "waiting", _("waiting")
    TAKEN = "taken", _("being sent")
    SENT = "sent", _("sent")
    REFUSED = "refused", _("refused")
    BOUNCED = "bounced", _("bounced")
    UNCERTAIN = "uncertain", _("uncertain")
    HELD = "held", _("held back")


# What an emptied mail no longer says; and of one that is forgotten, to whom it went.
SAYING_NOTHING = {"text": "", "html": ""}
TO_NOBODY = {
    **SAYING_NOTHING,
    "subject_line": "",
    "to_email": "",
    "to_name": "",
    "person": "",
    "organisation": "",
    "once": "",
    "reply_to": "",
    "reply": "",
}


def new_key() -> str:
    return secrets.token_hex(12)


class MessageQuerySet(CircledQuerySet):
    def waiting(self) -> Self:
        return self.filter(state=State.WAITING)

    def due(self, now: datetime) -> Self:
        """Those that may be sent now: the urgent first, then in the order of their turn."""
        good = self.waiting().filter(Q(good_until=None) | Q(good_until__gt=now))
        return good.filter(next_attempt_at__lte=now).order_by("-urgent", "next_attempt_at", "pk")

    def outdated(self, now: datetime) -> Self:
        """Those that wait though nobody has any use for them now."""
        return self.waiting().filter(good_until__lte=now)

    def undecided(self) -> Self:
        """Those that nobody knows of, and that a person has not yet decided about."""
        return self.filter(state=State.UNCERTAIN, decided_at=None)

    def silent_since_last_sent(self) -> list[datetime]:
        """When the server last fell silent with a mail in its hands, the latest first."""
        sent = self.filter(state=State.SENT).aggregate(last=Max("sent_at"))["last"]
        silent = self.undecided().exclude(reply="")
        after = silent.filter(settled_at__gt=sent) if sent else silent
        return list(after.order_by("-settled_at").values_list("settled_at", flat=True)[:10])

    def lapsed(self, before: datetime) -> Self:
        """Those that a worker took so long ago that it must have died."""
        return self.filter(state=State.TAKEN, taken_at__lt=before)

    def with_stops(self) -> Self:
        """Each with `bounces` and `opted_out`: what holds it back."""
        stopped = Suppression.objects.filter(email=OuterRef("to_email"), lifted_at=None)
        opted_out = OptOut.objects.filter(email=OuterRef("to_email"), topic=OuterRef("topic"))
        return self.annotate(bounces=Exists(stopped), opted_out=Exists(opted_out.exclude(topic="")))

    def about(self, subject: str) -> Self:
        return self.filter(about=subject)

    def emptied(self, now: datetime) -> int:
        """Forget what they said. Those that wait are held."""
        return int(self.update(**no_longer_waiting(now), **SAYING_NOTHING, emptied_at=now))

    def forgotten(self, now: datetime) -> int:
        """Forget to whom they went, too. That they were sent, and how it went, is kept."""
        return int(self.update(**no_longer_waiting(now), **TO_NOBODY, emptied_at=now))


def no_longer_waiting(now: datetime) -> dict[str, Any]:
    waits = Q(state=State.WAITING)
    return {
        "state": Case(When(waits, then=Value(State.HELD)), default=F("state")),
        "settled_at": Case(When(waits, then=Value(now)), default=F("settled_at")),
    }


class Message(Circled):
    """One mail to one receiver. Its text is as it was sent; its state is never guessed."""

    noun: ClassVar[str] = "message"
    circle = CircleField(max_length=120, default="post")
    key = ByteOrderField(max_length=40, unique=True, default=new_key)

    kind = models.CharField(max_length=40)
    about = SubjectField(blank=True, db_index=True)
    once = models.CharField(max_length=480, blank=True)
    topic = models.CharField(max_length=40, blank=True)
    urgent = models.BooleanField(default=False)
    secret = models.BooleanField(default=False)

    to_email = models.CharField(max_length=254, db_index=True)
    to_name = models.CharField(max_length=200, blank=True)
    person = SubjectField(blank=True)
    organisation = SubjectField(blank=True)
    language = models.CharField(max_length=10)
    sender_name = models.CharField(max_length=120, blank=True)  # whose, if not the installation's
    reply_to = models.CharField(max_length=254, blank=True)

    message_id = models.CharField(max_length=300, unique=True)
    subject_line = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    written_at = models.DateTimeField(default=timezone.now)
    good_until = models.DateTimeField(
        null=True
    )  # not sent later; nothing: as long as its text is kept
    next_attempt_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    taken_by = models.CharField(max_length=64, blank=True)
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    reply_code = models.PositiveSmallIntegerField(null=True)
    reply = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)

    bounces: bool  # these two by `with_stops`
    opted_out: bool

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(
                fields=["once"], condition=~Q(once=""), name="post_message_once"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="post_message_state"),
        ]
        indexes = [
            # Not partial: SQLite can't tell that a bound value is that of the condition.
            models.Index(
                fields=["state", "-urgent", "next_attempt_at", "id"], name="post_message_due"
            ),
            models.Index(fields=["written_at", "key"], name="post_message_written"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def subject(self) -> str:
        return f"{self.noun}:{self.key}"

    def hold(self, now: datetime) -> None:
        """It is not sent, and if it was secret it is not kept. Whoever calls this saves it."""
        self.state, self.settled_at = State.HELD, now
        if self.secret:
            self.text, self.html, self.emptied_at = "", "", now
