"""One that is asked for an answer: an organisation that was invited, or one that came by itself."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.accounts.addresses import LONGEST, check
from tillit.agreements.choices import Came
from tillit.agreements.models.consultation import Consultation
from tillit.agreements.models.of_consultation import OfConsultation
from tillit.kit.circles import PUBLIC, SharedQuerySet
from tillit.kit.fields import SortKeyField
from tillit.kit.models import Activity, Linked
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation


class ConsultedQuerySet(SharedQuerySet):
    def counted_in(self) -> Self:
        """Those that were invited, and of the others those that have shown that they mean it."""
        return self.filter(Q(came=Came.INVITED) | Q(confirmed_at__isnull=False))

    def standing(self) -> Self:
        """Each with `has_answered`, `has_begun` and `is_unreachable`."""
        replies = Consulted._meta.get_field("replies").related_model  # noqa: SLF001
        own = replies._default_manager.filter(consulted=OuterRef("pk"))  # noqa: SLF001
        return self.annotate(
            has_answered=Exists(own.filter(submitted_at__isnull=False)),
            has_begun=Exists(own.filter(submitted_at__isnull=True)),
        )

    def unanswered(self) -> Self:
        return self.standing().filter(has_answered=False)


class Consulted(Linked, OfConsultation):
    """Whoever has its link answers for it, on that page and nowhere else.

    An organisation of the register; or, where anybody may answer, a name and an address that were
    written by somebody who has no account. When they were written to stands here; the mails name it.
    """

    has_answered: bool  # of rows that were fetched as `standing`
    has_begun: bool

    consultation = models.ForeignKey(
        Consultation, on_delete=models.CASCADE, related_name="consulted"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name of the organisation"), max_length=200, blank=True)
    email = models.CharField(_("e-mail"), max_length=LONGEST, blank=True, validators=[check])
    language = models.CharField(
        max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    came = models.CharField(max_length=8, choices=Came.choices, default=Came.INVITED)
    confirmed_at = models.DateTimeField(null=True, blank=True)  # by whoever came by itself
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    addresses = models.PositiveSmallIntegerField(default=0)  # that the latest mail went to
    sort_key = SortKeyField(derive="called")

    # The activity tells that somebody was asked, not at which address.
    untold: ClassVar[frozenset[str]] = frozenset({"email", "name"})
    guarded_by: ClassVar[tuple[str, ...]] = ("consultation__version__agreement", "organisation")

    objects: ClassVar[Any] = ConsultedQuerySet.as_manager()

    class Meta:
        verbose_name = _("one asked in a consultation")
        verbose_name_plural = _("those asked in consultations")
        ordering = ["sort_key", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "organisation"], name="agreements_consulted_once"
            ),
            models.UniqueConstraint(
                fields=["consultation", "email"],
                condition=Q(organisation__isnull=True) & ~Q(email=""),
                name="agreements_consulted_address_once",
            ),
        ]

    def __str__(self) -> str:
        return self.called

    def get_absolute_url(self) -> str:
        return reverse("agreements:consulted", args=[self.consultation.key])

    @property
    def called(self) -> str:
        return self.organisation.name if self.organisation else self.name

    @property
    def answers_circle(self) -> str:
        """Of those who write its answer together. Whoever has no organisation has the link alone."""
        return self.organisation.own_circle if self.organisation else self.subject

    def guard(self) -> None:
        """Both sides see who is asked; it itself when it is asked. One that hides is seen by itself."""
        hides = self.organisation is not None and self.organisation.circle != PUBLIC
        self.circle = self.answers_circle if hides else self.parties_circle
        self.also = "" if self.consultation.is_prepared else self.answers_circle

    def outweighs(self, rival: Any) -> bool:
        """Of two organisations that are one: what was answered stays."""
        mine, its = self.replies.exists(), rival.replies.exists()
        if mine and its:
            words = {"consultation": self.consultation, "one": rival, "other": self}
            said = _("Both %(one)s and %(other)s have answered “%(consultation)s”.")
            raise ValidationError(said % words, code="answered")
        return bool(mine)

    def refuse_undo(self, activity: Activity) -> None:
        if not self.consultation.is_prepared:
            raise Refused(_("What was sent out is not changed afterwards."), 409)
