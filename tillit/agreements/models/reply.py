"""What one that was asked answers: first a draft, then sent, and perhaps replaced by another."""

from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import Position
from tillit.agreements.models.consultation import Consultation
from tillit.agreements.models.consulted import Consulted
from tillit.agreements.models.of_consultation import OfConsultation
from tillit.kit.circles import SharedQuerySet
from tillit.kit.fields import DerivedTextField, SubjectField
from tillit.kit.guarding import guard_anew
from tillit.kit.models import Activity
from tillit.kit.refusal import Refused
from tillit.register.models import Organisation

LONGEST_TEXT = 40_000


class ReplyQuerySet(SharedQuerySet):
    def sent(self) -> Self:
        """Those that stand as the answer."""
        return self.filter(submitted_at__isnull=False, replaced_by__isnull=True)

    def drafts(self) -> Self:
        return self.filter(submitted_at__isnull=True)


class Reply(OfConsultation):
    """An answer to a consultation, with its comments and answers to questions.

    A draft is shared by those who write it. One that was sent stays as it was: who wants to say
    something else sends another, which replaces it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="replies")
    consulted = models.ForeignKey(Consulted, on_delete=models.CASCADE, related_name="replies")
    # The one asked, so that an answer hides when its organisation does.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    position = models.CharField(_("position"), max_length=10, choices=Position.choices, blank=True)
    text = models.TextField(_("about the whole"), blank=True, max_length=LONGEST_TEXT)
    answered_by = models.CharField(_("your name"), max_length=120, blank=True)
    answered_as = models.CharField(_("your role"), max_length=120, blank=True)
    by = SubjectField(blank=True)  # the person, if signed in
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(_("late"), default=False)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces"
    )
    sort_key = DerivedTextField(derive="consulted.sort_key", max_length=400)

    # The activity tells that it was answered, not who it was.
    untold: ClassVar[frozenset[str]] = frozenset({"answered_by", "answered_as", "by"})
    guarded_by: ClassVar[tuple[str, ...]] = (
        "consultation__version__agreement",
        "consulted__organisation",
        "consulted__consultation__version__agreement",
    )

    objects: ClassVar[Any] = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a consultation")
        verbose_name_plural = _("answers to consultations")
        ordering = ["sort_key", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["consulted"],
                condition=Q(submitted_at__isnull=True),
                name="agreements_reply_one_draft",
            ),
            models.UniqueConstraint(
                fields=["consulted"],
                condition=Q(submitted_at__isnull=False, replaced_by__isnull=True),
                name="agreements_reply_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | ~Q(position=""),
                name="agreements_reply_position",
            ),
        ]

    def __str__(self) -> str:
        return self.consulted.called

    def get_absolute_url(self) -> str:
        return reverse("agreements:reply", args=[self.consultation.key, self.key])

    @property
    def is_sent(self) -> bool:
        return self.submitted_at is not None

    @property
    def stance(self) -> Position | None:
        return Position(self.position) if self.position else None

    def guard(self) -> None:
        """A draft is for those who write it; what was sent for the parties, or for everybody."""
        asked = self.consulted
        self.also = asked.answers_circle
        if not self.is_sent:
            self.circle = asked.answers_circle
            return
        asked.guard()
        is_told = self.consultation.has_public_answers and self.replaced_by_id is None
        hides = asked.circle != self.parties_circle
        self.circle = self.consultation.circle if is_told and not hides else asked.circle

    def settle(self, day: date) -> None:
        """What belongs to it is read by those who read it."""
        for name in ("Comment", "QuestionAnswer"):
            rows = apps.get_model("agreements", name).objects.filter(reply=self.pk)
            guard_anew(rows.select_related("reply"))

    def refuse_undo(self, activity: Activity) -> None:
        if self.is_sent:
            raise Refused(_("An answer that was sent is not undone. Send another instead."), 409)
