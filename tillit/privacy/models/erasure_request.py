"""Somebody asks that what is kept about a person be erased."""

from calendar import monthrange
from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.circles import Shared, SharedQuerySet
from tillit.kit.models import Activity, Linked, Row
from tillit.kit.refusal import Refused
from tillit.privacy.models.erasure_decision import ErasureDecision
from tillit.privacy.ties import secretariat_of_all
from tillit.register.choices import ADMINISTRATORS
from tillit.register.models import Person


class ErasureRequestQuerySet(SharedQuerySet):
    def standing(self) -> Self:
        """Those that wait for a decision."""
        return self.exclude(confirmed_at=None).filter(withdrawn_at=None, decided_at=None)

    def of(self, person: Person | None, account: int | None) -> Self:
        """Those about the person, or by the account if it is nobody's."""
        asked = Q(person=person) if person else Q(pk__in=[])
        return self.filter(asked | Q(account=account) if account else asked)


class ErasureRequest(Shared, Row, Linked):
    """Who asks, about whom, for which parts, and what became of it: deeds with their times.

    It is asked for by an account, or with an address that is shown by a link to be the asker's. When
    it has been seen to, what it said of the person is emptied; that it was made and decided stays.
    """

    untold: ClassVar[frozenset[str]] = frozenset(
        {"person", "account", "reason", "proof", "email", "language"}
    )

    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    parts: Any = models.JSONField(default=list, blank=True)  # names of OwnData; none: everything
    reason = models.TextField(gettext_lazy("reason"), max_length=2000, blank=True)
    proof = models.TextField(
        gettext_lazy("how we can know that it is you"), max_length=1000, blank=True
    )
    email = models.CharField(gettext_lazy("e-mail"), max_length=254, blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ErasureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("request for erasure")
        verbose_name_plural = gettext_lazy("requests for erasure")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(withdrawn_at=None, decided_at=None, account__isnull=False),
                name="privacy_request_one_of_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d} {self.person or ''}".strip()

    def guard(self) -> None:
        """Read by administrators, and by the secretariat that looks after all that the person is in."""
        self.circle = ADMINISTRATORS
        if self.person:
            kept_by = secretariat_of_all(self.person)
            self.also = kept_by.own_circle if kept_by else ""

    def refuse_undo(self, activity: Activity) -> None:
        raise Refused(_("A request is withdrawn or decided, not undone."), 409)

    def get_absolute_url(self) -> str:
        return reverse("privacy:request", args=[self.key])

    @property
    def decision(self) -> ErasureDecision | None:
        return getattr(self, "decided", None)

    @property
    def is_standing(self) -> bool:
        return bool(self.confirmed_at and not self.withdrawn_at and not self.decided_at)

    @property
    def due(self) -> date | None:
        """One month after it was asked (article 12.3 of the GDPR)."""
        return month_after(timezone.localdate(self.confirmed_at)) if self.confirmed_at else None

    @property
    def state_in_words(self) -> str:
        if self.withdrawn_at:
            return _("withdrawn")
        if self.decision:
            return self.decision.get_outcome_display().lower()
        return _("waits for a decision") if self.confirmed_at else _("not confirmed by its link")


def month_after(day: date) -> date:
    """The same day of the next month, or its last if it has no such day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
