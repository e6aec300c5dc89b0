"""A figure that a document states without the rows behind it: 60 members, just over 350 subscribers."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import SubjectField
from tillit.kit.models.dated import Dated, DatedQuerySet
from tillit.kit.models.row import Row
from tillit.kit.periods import Reach


class Looseness(models.TextChoices):
    EXACTLY = "exactly", _("exactly")
    ABOUT = "about", _("about")
    JUST_OVER = "just_over", _("just over")
    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    BETWEEN = "between", _("between")


class StatedFigure(Row, Dated):
    """What a source says a number was, as loosely as it says it. Whole units (persons, kronor)."""

    about = SubjectField(db_index=True)  # the subject it is stated of
    measure = models.SlugField(max_length=60)
    as_written = models.CharField(max_length=200)
    looseness = models.CharField(max_length=10, choices=Looseness.choices)
    low = models.BigIntegerField()
    high = models.BigIntegerField(null=True, blank=True)  # only of “between”

    # A number grows old: two years on it says little, and of the time before it says nothing.
    reach: ClassVar[Reach] = Reach(before=0, after=731)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("stated figure")
        verbose_name_plural = _("stated figures")
        ordering = ["measure", "certain_from", "key"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(looseness="between", high__isnull=False, high__gte=F("low"))
                | (~Q(looseness="between") & Q(high__isnull=True)),
                name="kit_statedfigure_high_of_between",
            ),
        ]

    def __str__(self) -> str:
        return self.as_written
