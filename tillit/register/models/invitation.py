"""An invitation to act for an organisation: sent to an address, answered once."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.periods import Reach
from tillit.register.choices import Extent, RoleKind
from tillit.register.models.kept import Kept
from tillit.register.models.mandate import OF_SECRETARIAT
from tillit.register.models.person import Person
from tillit.register.models.secretariat import Secretariat
from tillit.register.models.unit import Unit


class Invitation(Kept):
    """The mandate that is offered (its period is this row's), to whom, and the answer.

    Only a hash of the link's token is kept. An answer is who, when and, for a no, why.
    """

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    extent = models.CharField(_("extent"), max_length=12, choices=Extent.choices)
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    secretariat = models.ForeignKey(
        Secretariat, on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    kind = models.CharField(_("role"), max_length=24, choices=RoleKind.choices, blank=True)
    is_function = models.BooleanField(_("the address belongs to the role"), default=False)
    note = models.TextField(_("message"), blank=True, max_length=2000)
    given_by = models.CharField(max_length=240)
    given_for = models.CharField(max_length=240, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer_reason = models.CharField(_("reason"), max_length=400, blank=True)

    reach: ClassVar[Reach] = Reach(before=0, after=0)

    class Meta(Kept.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "pk"]
        constraints = [
            *Kept.Meta.constraints,
            models.CheckConstraint(
                condition=(OF_SECRETARIAT & Q(secretariat__isnull=False))
                | (~OF_SECRETARIAT & Q(secretariat__isnull=True)),
                name="register_invitation_of_secretariat",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | Q(declined_at__isnull=True, withdrawn_at__isnull=True),
                name="register_invitation_one_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.organisation}"

    @property
    def kind_in_words(self) -> str:
        return str(self.get_extent_display()).lower()  # type: ignore[attr-defined]

    @property
    def is_answered(self) -> bool:
        return bool(self.accepted_at or self.declined_at or self.withdrawn_at)

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be accepted."""
        return not self.is_answered and now < self.expires_at
