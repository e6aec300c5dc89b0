"""One list that somebody brings in."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import CircledQuerySet
from tillit.kit.fields import SubjectField
from tillit.kit.grids.reading import Reading
from tillit.kit.models import Activity, Row
from tillit.register.models import Person


class Stage(models.TextChoices):
    """How far it has come. What is under way in the background ends in the stage after it."""

    READING = "reading", _("To be interpreted")
    RECOGNISING = "recognising", _("Being recognised")
    PREVIEW = "preview", _("To be looked through")
    WRITING = "writing", _("Being written")
    WRITTEN = "written", _("Written")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")


UNDER_WAY = (Stage.RECOGNISING, Stage.WRITING, Stage.UNDOING)
OVER = (Stage.WRITTEN, Stage.UNDOING, Stage.UNDONE)


class IntakeQuerySet(CircledQuerySet):
    def unfinished(self) -> Self:
        """Those that nothing has been written of."""
        return self.exclude(stage__in=OVER)

    def under_way(self) -> Self:
        return self.filter(stage__in=UNDER_WAY)


class Intake(Row):
    """A list from the paste to the writing. `data` is what was brought, `reading` how it is read.

    `capacity` is the mandate by which the owner brings it in, `behalf` the organisation that it is of.
    """

    carried: ClassVar[bool] = False  # what it became is carried, and what it did not is nobody's

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="intakes")
    capacity = models.CharField(max_length=200)
    behalf = SubjectField()
    title = models.CharField(_("what the list is"), max_length=200)
    kind = models.CharField(max_length=40)
    about = SubjectField(blank=True)
    on = models.CharField(max_length=40, blank=True)
    language = models.CharField(
        max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    data = models.BinaryField(default=b"")
    reading: Any = models.JSONField(default=dict)
    has_head = models.BooleanField(default=False)
    columns: Any = models.JSONField(default=list)  # of each column what it tells, or nothing
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.READING)
    count = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)  # why the last try ended without what was asked for
    touched_at = models.DateTimeField(db_index=True)
    activity = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[Any] = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-touched_at", "key"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("intake:intake", args=[self.key])

    def guard(self) -> None:
        self.circle = self.owner.own_circle

    @property
    def is_under_way(self) -> bool:
        return self.stage in UNDER_WAY

    @property
    def as_read(self) -> Reading:
        return Reading.of(self.reading)
