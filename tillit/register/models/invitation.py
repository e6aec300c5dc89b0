"""An invitation to act for an organisation: sent to an address, answered once."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.accounts.addresses import LONGEST, check, folded
from tillit.kit.models import Activity
from tillit.kit.periods import Reach
from tillit.kit.refusal import Refused
from tillit.post.models import Message, State
from tillit.register.choices import ADMINISTRATORS, Extent, RoleKind
from tillit.register.models.kept import Kept, KeptQuerySet
from tillit.register.models.mandate import Mandate
from tillit.register.models.offered import Offered
from tillit.register.models.person import Person

LASTS = timedelta(days=30)
LOST = {State.REFUSED, State.BOUNCED, State.HELD}  # mails that have not arrived, and will not


class Answer(StrEnum):
    """How far an invitation has come."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class InvitationQuerySet(KeptQuerySet):  # type: ignore[override] # its manager is its own
    def unanswered(self) -> Self:
        """Those that nobody has answered, whether they can still be or not."""
        return self.filter(
            accepted_at__isnull=True, declined_at__isnull=True, withdrawn_at__isnull=True
        )

    def waiting(self, now: datetime) -> Self:
        return self.unanswered().filter(expires_at__gt=now)

    def with_mail(self) -> Self:
        """Each with how its latest mail fared: `mail`."""
        subject = Concat(Value(f"{Invitation.noun}:"), OuterRef("key"))
        mails = Message.objects.filter(about=subject).order_by("-pk").values("state")[:1]
        return self.annotate(mail=Subquery(mails))


class Invitation(Offered, Kept):
    """The mandate that is offered (its period is this row's), to whom, and the answer.

    `person` is whom the inviter takes the invited to be in the register. Only a hash of the link's
    token is kept. An answer is who, when and, for a no, why.
    """

    email = models.CharField(_("e-mail"), max_length=LONGEST, validators=[check])
    name = models.CharField(_("name"), max_length=120)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    kind = models.CharField(_("role"), max_length=24, choices=RoleKind.choices, blank=True)
    is_function = models.BooleanField(_("the address belongs to the role"), default=False)
    gets_letters = models.BooleanField(_("gets letters to the organisation"), default=False)
    note = models.TextField(_("message"), blank=True, max_length=2000)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    mandate = models.ForeignKey(
        Mandate, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.CharField(_("reason"), max_length=400, blank=True)

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    link = ""  # said once, while it is being sent, and never kept
    mail: str | None  # by `with_mail`

    reach: ClassVar[Reach] = Reach(before=0, after=0)
    # Somebody who never answers has not asked to be remembered.
    untold = frozenset({"email", "name", "note", "token_hash"})

    class Meta(Kept.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "pk"]
        indexes = [models.Index(fields=["email"], name="register_invitation_email")]
        constraints = [
            *Kept.Meta.constraints,
            *Offered.Meta.constraints,
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | Q(declined_at__isnull=True, withdrawn_at__isnull=True),
                name="register_invitation_one_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("register:people", args=[self.organisation.key])

    def guard(self) -> None:
        """One to a secretariat is known to the administrators, who may send it, as to itself."""
        super().guard()
        if self.extent == Extent.SECRETARIAT:
            self.also = ADMINISTRATORS

    def clean(self) -> None:
        super().clean()
        self.email = folded(self.email)

    def answer(self, now: datetime) -> Answer:
        """How far it has come."""
        if self.accepted_at:
            return Answer.ACCEPTED
        if self.withdrawn_at:
            return Answer.WITHDRAWN
        if self.declined_at:
            return Answer.DECLINED
        return Answer.WAITING if now < self.expires_at else Answer.EXPIRED

    @property
    def is_lost(self) -> bool:
        """Whether its mail did not arrive; asked of one `with_mail`."""
        return self.mail in LOST

    @property
    def is_answered(self) -> bool:
        return bool(self.accepted_at or self.declined_at or self.withdrawn_at)

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be answered."""
        return self.answer(now) is Answer.WAITING

    def begins(self, day: date) -> str:
        """The first day of the mandate that comes of a yes on the day."""
        return max(self.start, day.isoformat()) if self.start else day.isoformat()

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(_now("An invitation is withdrawn, not undone."), 409)
