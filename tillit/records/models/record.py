"""What stands written: a document that an organisation keeps, with its bytes and how far it has come."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit import guarding
from tillit.kit.circles import PUBLIC, CircledQuerySet
from tillit.kit.fields import DerivedTextField, FoldedField, SortKeyField, SubjectField
from tillit.kit.models import Happened, Row, StoredFile
from tillit.kit.refusal import Refused
from tillit.kit.swedish import fold
from tillit.records.choices import Kind, State
from tillit.register.models import Organisation

# What never changes once it has been established; how long its bytes are kept follows from the latter.
FROZEN = ("sha256", "of", "keeper_id", "joint")
FROZEN_WITH_BYTES = (*FROZEN, "kind", "dated")


class RecordQuerySet(CircledQuerySet):
    def containing(self, text: str) -> Self:
        """Those whose title has the text in it."""
        folded = fold(text)
        return self.filter(folded__contains=folded) if folded else self.none()


class Record(Happened, Row):
    """A document. Once it has been established or received its bytes are never replaced.

    `of` is what it belongs to, such as a version of an agreement. One without `sha256` is known, but
    what it holds is not here. `state` is that of its last step. What is `joint` is more than its
    keeper's: whoever made it says who reads it and who signs it, and its keeper alone does not.
    """

    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind of document"), max_length=12, choices=Kind.choices)
    of = SubjectField(blank=True, db_index=True)
    keeper = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="records")
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    dated = models.CharField(_("day"), max_length=40, blank=True, help_text="EDTF")
    note = models.TextField(_("what it is"), blank=True, max_length=4000)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    joint = models.BooleanField(_("of several parties together"), default=False)
    sort_key = SortKeyField(derive="title")
    folded = FoldedField(derive="title")
    dated_key = DerivedTextField(derive="first_day", max_length=10)

    objects: ClassVar[Any] = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["-dated_key", "key"]
        indexes = [models.Index(fields=["dated_key", "key"], name="records_record_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="records_record_state"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("records:record", args=[self.key])

    @property
    def first_day(self) -> str:
        """By which records are put in order; what has no day comes last."""
        when = self.when
        return "" if when.is_limitless else when.earliest.isoformat()

    @property
    def is_frozen(self) -> bool:
        return State(self.state).is_frozen

    @property
    def is_weeded(self) -> bool:
        return bool(self.state == State.WEEDED)

    def guard(self) -> None:
        """Whoever may not read who keeps it may not read it."""
        if self.keeper.circle != PUBLIC:
            self.circle = self.keeper.circle

    def lock(self) -> None:
        """What is done with a record is done one thing at a time."""
        if self.pk:
            list(Record.objects.select_for_update(no_key=True).filter(pk=self.pk).values("pk"))

    def clean(self) -> None:
        super().clean()
        stored = Record.objects.filter(pk=self.pk).first() if self.pk else None
        if stored is None or not stored.is_frozen:
            return
        if self.state == State.DRAFT:
            raise ValidationError(
                {"state": _("What has been established is not a draft any more.")}
            )
        frozen = FROZEN_WITH_BYTES if stored.sha256 else FROZEN
        if any(getattr(self, name) != getattr(stored, name) for name in frozen):
            raise ValidationError(
                _("The record has been established, so what it holds is never replaced.")
            )

    def settle(self, day: date) -> None:
        """What belongs to it, its files too, is read by those who may read it."""
        if self.pk:
            self.take_along()

    def take_along(self) -> None:
        guarding.guard_anew(self.parts())
        guard_files([self, *self.parts()])

    def show_to(self, circle: str, day: date) -> None:
        """Let a circle read it, with all that belongs to it, since that reads what it belongs to."""
        before, self.circle = self.circle, circle
        self.guard()
        if self.circle != before:
            self.save(update_fields=["circle"])
            guarding.follow([self])
            self.settle(day)

    def parts(self) -> list[Row]:
        return [row for model in parts_of_records() for row in model.objects.filter(record=self.pk)]

    def refuse_undo(self, activity: Any) -> None:
        if self.is_frozen:
            raise Refused(_now("What has been established is not undone."), 409)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if self.is_frozen:
            raise Refused(_now("What has been established is not taken away, but weeded."), 409)
        return super().delete(*args, **kwargs)


def parts_of_records() -> Iterator[Any]:
    """The nouns whose rows belong to a record."""
    for relation in Record._meta.related_objects:  # noqa: SLF001 (Django's own way to ask)
        if relation.field.name == "record":
            yield relation.related_model


def guard_files(rows: list[Row]) -> None:
    """Let the files of rows be read by those who read the rows."""
    circles = {row.subject: row.circle for row in rows}
    moved = []
    for file in StoredFile.objects.filter(of__in=circles):
        if file.circle != circles[file.of]:
            file.circle = circles[file.of]
            file.save(update_fields=["circle"])
            moved.append(file)
    guarding.follow(moved)


def is_held(subject: str) -> bool:
    """Whether the files of a subject are the frozen bytes of a record, or copies of it."""
    noun, _colon, key = subject.partition(":")
    if noun == Record.noun:
        found = Record.objects.filter(key=key).first()
    elif noun in {"signedcopy", "seal"}:
        row = apps.get_model("records", noun)._default_manager.filter(key=key).first()  # noqa: SLF001
        found = row.record if row else None
    else:
        return False
    return found is not None and found.is_frozen and not found.is_weeded
