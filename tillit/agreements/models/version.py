"""A version of an agreement: what was in force, and when."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.agreements.choices import Force, Stage
from tillit.agreements.models.agreement import Agreement, surely_before
from tillit.agreements.models.keeping import keep_to, resting_on
from tillit.kit.days import format_period
from tillit.kit.models import Dated, DatedQuerySet, Row
from tillit.kit.periods import Reach, Standing
from tillit.kit.refusal import Refused
from tillit.records.models import Record


class VersionQuerySet(DatedQuerySet):
    def beyond_draft(self) -> Self:
        return self.exclude(stage=Stage.DRAFT)

    def drafts_unbound(self) -> Self:
        """Drafts that no party has adopted."""
        return self.filter(~Exists(of_outer("Adoption").binding()), stage=Stage.DRAFT)

    def telling(self) -> Self:
        """Each with what is known of it: `has_text`, `has_aims`, `is_bound`, and `tells`, whether its
        text, its principles or its measures are known.
        """
        has_text = Exists(of_outer("Section"))
        says = Exists(of_outer("Principle")) | Exists(of_outer("Measure"))
        return self.annotate(
            has_text=has_text,
            tells=has_text | says,
            has_aims=Exists(of_outer("Aim")),
            is_bound=Exists(of_outer("Adoption").binding()),
        )


def of_outer(name: str) -> Any:
    rows = apps.get_model("agreements", name)._default_manager  # noqa: SLF001
    return rows.filter(version=OuterRef("pk"))


class Version(Row, Dated):
    """A wording of an agreement; its period is that in which it is in force. Its key is
    `agreement.version`.

    A draft is read by the parties alone, and is in force on no day before it has been adopted.
    A version without sections is one whose text is not known. One of which no source says when it
    was in force, such as a draft, is not in force on any day.
    """

    has_text: bool  # of rows that were fetched as `telling`
    tells: bool
    has_aims: bool
    adoptions: Any

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    label = models.CharField(_("label"), max_length=80)
    stage = models.CharField(
        _("stage"), max_length=12, choices=Stage.choices, default=Stage.ADOPTED
    )
    # What is written at its head, where that is known.
    title = models.CharField(_("title"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, max_length=4000)
    # The document that its parties were asked to sign: written by the asking, and by nothing else.
    signed_as = models.OneToOneField(
        Record, on_delete=models.PROTECT, null=True, blank=True, related_name="signs"
    )

    # It is in force from when a source says so, until a source or the next version ends it.
    reach: ClassVar[Reach] = Reach(before=0)

    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["agreement", "possible_from", "key"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="agreements_version_stage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.label}"

    def get_absolute_url(self) -> str:
        return reverse("agreements:version", args=[self.agreement.key, self.local_key])

    @property
    def promises_url(self) -> str:
        return reverse("agreements:promises", args=[self.agreement.key, self.local_key])

    @property
    def local_key(self) -> str:
        """By which its agreement calls it."""
        return str(self.key).removeprefix(f"{self.agreement.key}.")

    @property
    def about(self) -> str:
        return self.agreement.subject

    @property
    def says_when(self) -> bool:
        """Whether a source says anything of when it was in force."""
        return bool(self.start or self.end or self.seen)

    @property
    def is_known(self) -> bool:
        """Whether all that it says is known: a draft's is, also before anything has been written."""
        return self.stage != Stage.ADOPTED or self.has_text

    def force_on(self, day: date) -> Force:
        if self.stage != Stage.ADOPTED:
            return Force.COMING
        if not self.says_when:
            return Force.UNKNOWN
        if self.standing_on(day) is not Standing.NOT:
            return Force.IN_FORCE
        return Force.COMING if day < self.period.possible_from else Force.OVER

    @cached_property
    def is_bound(self) -> bool:
        """Whether a party has adopted it, so that its wording stands until that is withdrawn.

        Asked once; known of rows that were fetched as `telling`.
        """
        return bool(self.pk) and bool(self.adoptions.binding().exists())

    def guard(self) -> None:
        """A draft is for the parties, whatever may be read of the agreement."""
        drafted = self.stage == Stage.DRAFT
        self.circle = self.agreement.parties_circle if drafted else self.agreement.circle

    def lock(self) -> None:
        self.agreement.hold()

    def clean(self) -> None:
        super().clean()
        if surely_before(self.period, self.agreement.period.start):
            raise ValidationError({"start": _("The version begins before its agreement does.")})

    def refuse_undo(self, activity: Any) -> None:
        if any(activity.changes.get("signed_as", ())):
            raise Refused(
                _now("What the parties were asked to sign stands, and is not undone."), 409
            )

    def check_beside(self) -> None:
        if self.pk:
            self.refuse_overlap_with(Version.objects.filter(agreement=self.agreement_id))

    def refuse_overlap_with(self, others: Iterable["Version"]) -> None:
        """Raise ValidationError if another version of the agreement is in force then."""
        for other in others:
            if other.pk != self.pk and self.collides_with(other):
                raise ValidationError(
                    _("%(version)s is in force then: %(period)s.")
                    % {"version": other.label, "period": format_period(other.period)},
                    code="overlap",
                )

    def settle(self, day: date) -> None:
        """What belongs to it is read by those who read it."""
        for noun, _column in resting_on(Version):
            keep_to(noun.objects.filter(version=self.pk))
            for told, column in resting_on(noun):
                rows = told.objects.filter(**{f"{column}__version": self.pk})
                keep_to(rows.select_related(column))
        consultations = apps.get_model("agreements", "Consultation")
        for consultation in consultations.objects.filter(version=self.pk):
            consultation.settle(day)
        if self.signed_as_id:
            Record.objects.get(pk=self.signed_as_id).show_to(self.circle, day)

    def collides_with(self, other: "Version") -> bool:
        if {self.stage, other.stage} != {Stage.ADOPTED}:
            return False
        if not (self.says_when and other.says_when):
            return False
        mine, others = self.period, other.period
        # “2012/2012” is all of that year, and meets another of the same year.
        return mine.collides_with(others) or mine.surely_overlaps(others)


def in_force(versions: Iterable[Version], day: date) -> Version | None:
    """Of an agreement's versions the one in force on the day; of several assumed ones, the earliest."""
    found = [it for it in versions if it.force_on(day) is Force.IN_FORCE]
    return min(found, key=lambda it: (it.is_assumed_on(day), it.possible_from), default=None)


def last_that_tells(versions: Iterable[Version], day: date, what: str = "tells") -> Version | None:
    """The one in force if what it says is known, or else the last before it of which that is so."""
    found = [it for it in versions if getattr(it, what) and it.force_on(day) is not Force.COMING]
    return max(found, key=lambda it: (it.possible_from, it.pk), default=None)
