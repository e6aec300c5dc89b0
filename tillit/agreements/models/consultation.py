"""That a draft is sent out, so that others may say what they think of it."""

from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import ConsultationState
from tillit.agreements.models.version import Version
from tillit.kit.circles import CircledQuerySet
from tillit.kit.fields import DerivedTextField
from tillit.kit.guarding import guard_anew
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import Activity, Row
from tillit.kit.refusal import Refused

LONGEST_INTRODUCTION = 10_000
FARTHEST = 60  # days before the last day on which a reminder may go
FAR = 99_999_999


class ConsultationQuerySet(CircledQuerySet):
    def open(self) -> Self:
        return self.filter(state=ConsultationState.OPEN)

    def to_remind(self, day: date) -> Self:
        """Those whose reminder may be due: which day that is each one says itself."""
        return self.open().filter(deadline__gte=day, remind_before__gt=0)

    def to_close(self, day: date) -> Self:
        """Those that take late answers no longer."""
        return self.open().filter(closes__lt=day)

    def counted(self) -> Self:
        """Each with `answer_count`: the answers that stand, by whomever they may be read."""
        sent = Q(replies__submitted_at__isnull=False, replies__replaced_by__isnull=True)
        return self.annotate(answer_count=Count("replies", filter=sent))


class Consultation(Row):
    """A consultation on one version. While it is prepared the parties alone read it.

    `deadline` is the last day to answer; late answers are taken, and marked, until it is closed, be it
    by both sides or because `closes` is over.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="consultations")
    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True, max_length=LONGEST_INTRODUCTION)
    opens = models.DateField(_("opened"), null=True, blank=True)
    deadline = models.DateField(_("last day to answer"), null=True, blank=True)
    closes = models.DateField(_("last day for late answers"), null=True, blank=True)
    remind_before = models.PositiveSmallIntegerField(
        _("days before the last day on which to remind"),
        default=7,
        validators=[MaxValueValidator(FARTHEST)],
    )
    is_open_to_all = models.BooleanField(_("anybody may answer"), default=True)
    has_public_answers = models.BooleanField(_("the answers are public"), default=True)
    contact = models.CharField(_("whom to write to"), max_length=200, blank=True)
    state = models.CharField(
        max_length=10, choices=ConsultationState.choices, default=ConsultationState.PREPARED
    )
    responses_at = models.DateTimeField(null=True, blank=True)  # when the responses became public
    forgotten_at = models.DateTimeField(null=True, blank=True)  # who answered, and the links
    place = DerivedTextField(derive="place_in_lists", max_length=12)

    objects: ClassVar[Any] = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["place", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ConsultationState.values),
                name="agreements_consultation_state",
            ),
            models.CheckConstraint(
                condition=Q(state=ConsultationState.PREPARED)
                | Q(opens__isnull=False, deadline__isnull=False),
                name="agreements_consultation_days",
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=~Q(state=ConsultationState.CLOSED),
                name="agreements_consultation_one_at_a_time",
                violation_error_message=_("There is a consultation on this version already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:consultation", args=[self.key])

    @property
    def about(self) -> str:
        return self.version.agreement.subject

    @property
    def agreement(self) -> Any:
        return self.version.agreement

    @property
    def place_in_lists(self) -> str:
        """Those that are prepared first, then the open ones, the soonest first; then the latest."""
        order = list(ConsultationState).index(ConsultationState(self.state))
        number = int(f"{self.deadline:%Y%m%d}") if self.deadline else 0
        return f"{order}{FAR - number if self.is_closed else number:08}"

    @property
    def is_prepared(self) -> bool:
        return self.state == ConsultationState.PREPARED

    @property
    def is_open(self) -> bool:
        return self.state == ConsultationState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == ConsultationState.CLOSED

    def takes_answers_on(self, day: date) -> bool:
        return self.is_open and (self.closes is None or day <= self.closes)

    def is_late_on(self, day: date) -> bool:
        return self.deadline is not None and day > self.deadline

    def guard(self) -> None:
        """What is prepared is for the parties, as a draft is."""
        agreement = self.version.agreement
        self.circle = agreement.parties_circle if self.is_prepared else self.version.circle

    def lock(self) -> None:
        one_at_a_time(f"agreements.consultations.{self.version_id}")

    def clean(self) -> None:
        super().clean()
        if self.closes and not self.deadline:
            raise ValidationError({"deadline": _("Set the last day to answer first.")})
        if self.closes and self.deadline and self.closes < self.deadline:
            raise ValidationError(
                {"closes": _("Late answers are taken until some day after the last day.")}
            )

    def settle(self, day: date) -> None:
        """What belongs to it is read by those who read it."""
        if self.pk:
            settle_parts(self)

    def refuse_undo(self, activity: Activity) -> None:
        """Deeds of both sides are taken back by both, and mails that went are not taken back."""
        if not self.is_prepared:
            raise Refused(_("This is not undone: it is taken back where it was done."), 409)


# What moves with it, those first from whose circles others follow.
PARTS = (
    ("ConsultationQuestion", "consultation"),
    ("Consulted", "consultation"),
    ("Reply", "consultation"),
    ("Comment", "reply__consultation"),
    ("QuestionAnswer", "reply__consultation"),
    ("Response", "consultation"),
)


def settle_parts(consultation: Consultation) -> None:
    """Move all that belongs to it to the circles that it must have now."""
    for name, owner in PARTS:
        model: Any = apps.get_model("agreements", name)
        rows = model.objects.filter(**{owner: consultation})
        guard_anew(rows.select_related(*model.guarded_by))
