"""A letter from one organisation to the contact persons of many."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.circles import CircledQuerySet
from tillit.kit.fields import FoldedField
from tillit.kit.models import Activity, Linked, Row, Verb
from tillit.kit.refusal import Refused
from tillit.letters.choices import Kind, Stage
from tillit.letters.topics import topic_of
from tillit.register.models import Organisation, Person, Secretariat

LONGEST_SUBJECT = 150
LONGEST_TEXT = 20_000
SWEDISH, ENGLISH = "sv", "en"
DEEDS = {"started_at", "stopped_at"}


class LetterQuerySet(CircledQuerySet):
    def drafts(self) -> Self:
        return self.filter(started_at=None)

    def with_stage(self) -> Self:
        """Each with `stage`: how far it has come, by what is known of its mails."""
        recipients = self.model._meta.get_field("recipients").related_model  # noqa: SLF001 (the model below)
        waits = recipients.objects.unsettled().filter(letter=OuterRef("pk"))
        return self.annotate(
            stage=Case(
                When(started_at=None, then=Value(Stage.DRAFT)),
                When(~Q(stopped_at=None), then=Value(Stage.STOPPED)),
                When(Q(written_at=None) | Exists(waits), then=Value(Stage.SENDING)),
                default=Value(Stage.SENT),
                output_field=models.CharField(),
            )
        )

    def with_number_of_recipients(self) -> Self:
        recipients = self.model._meta.get_field("recipients").related_model  # noqa: SLF001
        of_each = recipients.objects.filter(letter=OuterRef("pk")).order_by().values("letter")
        count = of_each.annotate(count=Count("pk")).values("count")
        return self.annotate(number_of_recipients=Coalesce(Subquery(count), 0))

    def half_written(self) -> Self:
        """Those whose mails have not all been written, though nobody stopped them."""
        return self.filter(started_at__isnull=False, written_at=None, stopped_at=None)


class Letter(Linked, Row):
    """A letter and the deeds done with it. A draft is its organisation's, whoever began it.

    `secretariat` is set when it is written for a side and not only for the organisation itself.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="letters")
    secretariat = models.ForeignKey(
        Secretariat, on_delete=models.PROTECT, null=True, blank=True, related_name="letters"
    )
    writer = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(
        gettext_lazy("kind of letter"), max_length=12, choices=Kind.choices, default=Kind.NEWS
    )
    required_reason = models.CharField(
        gettext_lazy("why everybody must have it"), max_length=400, blank=True
    )
    subject_line = models.CharField(gettext_lazy("subject"), max_length=LONGEST_SUBJECT, blank=True)
    text = models.TextField(gettext_lazy("text"), max_length=LONGEST_TEXT, blank=True)
    subject_line_en = models.CharField(
        gettext_lazy("subject in English"), max_length=LONGEST_SUBJECT, blank=True
    )
    text_en = models.TextField(gettext_lazy("text in English"), max_length=LONGEST_TEXT, blank=True)
    reply_to = models.CharField(gettext_lazy("replies go to"), max_length=254, blank=True)
    choice = models.JSONField(default=dict, blank=True)  # see letters.choice

    folded = FoldedField(derive="subject_line")
    touched_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)  # when the last mail was a row
    stopped_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    untold: ClassVar[frozenset[str]] = frozenset({"token_seed", "token_hash", "touched_at"})

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("letter")
        verbose_name_plural = gettext_lazy("letters")
        ordering = ["-touched_at", "key"]
        indexes = [
            models.Index(fields=["organisation", "-touched_at"], name="letters_letter_latest")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_at__isnull=False)
                | Q(written_at__isnull=True, stopped_at__isnull=True),
                name="letters_letter_begins_before_it_ends",
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="letters_letter_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("letters:letter", args=[self.key])

    def guard(self) -> None:
        self.circle = self.organisation.own_circle

    def refuse_undo(self, activity: Activity) -> None:
        """What has been sent can't be taken back."""
        if DEEDS.intersection(activity.changes) and activity.verb == Verb.CHANGED:
            raise Refused(_("A letter that has been sent can't be taken back."), 409)

    @property
    def title(self) -> str:
        """The subject, as the office reads it."""
        return self.subject_line or self.subject_line_en or _("(no subject yet)")

    @property
    def is_draft(self) -> bool:
        return self.started_at is None

    @property
    def circle_of_recipients(self) -> str:
        """Who sees the addresses that it went to."""
        return self.secretariat.own_circle if self.secretariat else self.organisation.own_circle

    @property
    def is_on_web(self) -> bool:
        """Whether whoever has its link may read it in the browser."""
        return bool(self.token_seed)

    @property
    def stage_in_words(self) -> str | Promise:
        return Stage(self.stage).label  # type: ignore[attr-defined] # of with_stage

    @property
    def languages(self) -> list[str]:
        """The languages that it is written in."""
        return [SWEDISH, ENGLISH] if self.text_en else [SWEDISH]

    def language_for(self, wished: str) -> str:
        """The language in which somebody gets it."""
        return wished if wished in self.languages else SWEDISH

    def words_in(self, language: str) -> tuple[str, str]:
        """Subject and text in a language that it is written in."""
        if language == ENGLISH and self.text_en:
            return self.subject_line_en or self.subject_line, self.text_en
        return self.subject_line, self.text

    @property
    def topic(self) -> str:
        return topic_of(self.kind, self.organisation)
