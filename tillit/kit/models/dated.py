"""Rows that hold for a period."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import CircledQuerySet
from tillit.kit.fields import DerivedDateField
from tillit.kit.periods import WITHOUT_LIMIT, Period, Reach, Standing, seen_within


@dataclass(frozen=True)
class Tally:
    """A number of rows, and how many of them are assumed."""

    count: int
    assumed: int

    @property
    def all_assumed(self) -> bool:
        return 0 < self.count == self.assumed


class DatedQuerySet(CircledQuerySet):
    def on(self, day: date) -> Self:
        """Rows that hold on the day, surely or by assumption."""
        return self.filter(possible_from__lte=day, possible_until__gte=day)

    def tally_on(self, day: date) -> "Tally":
        """How many rows hold on the day, and how many of them only by assumption."""
        sure = Q(certain_from__lte=day, certain_until__gte=day)
        numbers = (
            self.order_by().on(day).aggregate(count=Count("pk"), sure=Count("pk", filter=sure))
        )
        return Tally(numbers["count"], numbers["count"] - numbers["sure"])


class Dated(models.Model):
    """A row with a period, kept as the sources write it and as four days to ask by."""

    start = models.CharField(_("from"), max_length=40, blank=True, help_text="EDTF")
    end = models.CharField(_("until"), max_length=40, blank=True, help_text="EDTF")
    seen = models.CharField(_("seen"), max_length=80, blank=True, help_text="EDTF")
    possible_from = DerivedDateField(derive="period.possible_from")
    certain_from = DerivedDateField(derive="period.certain_from")
    certain_until = DerivedDateField(derive="period.certain_until")
    possible_until = DerivedDateField(derive="period.possible_until")

    reach: ClassVar[Reach] = WITHOUT_LIMIT

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(possible_from__lte=F("possible_until")),
                name="%(app_label)s_%(class)s_possible",
            )
        ]

    @property
    def period(self) -> Period:
        return Period.read(self.start, self.end, self.seen, self.reach)

    @cached_property
    def as_read(self) -> Period:
        """The period of a row that is only read."""
        return self.period

    def clean(self) -> None:
        super().clean()
        try:
            self.period  # noqa: B018 (reading is the check)
        except ValidationError as error:
            raise ValidationError({"start": error})

    def bounded(self, **bounds: str) -> dict[str, str]:
        """Its period with other bounds: `start`, `end`. What was seen outside them is not."""
        new = {"start": self.start, "end": self.end, **bounds}
        return {**new, "seen": seen_within(self.seen, **new)}

    def standing_on(self, day: date) -> Standing:
        """Whether it holds on the day, by the stored days as the database asks by them."""
        if self.possible_from is None:  # not yet written
            return self.period.standing_on(day)
        if self.certain_from <= day <= self.certain_until:
            return Standing.KNOWN
        if self.possible_from <= day <= self.possible_until:
            return Standing.ASSUMED
        return Standing.NOT

    def is_assumed_on(self, day: date) -> bool:
        return self.standing_on(day) is Standing.ASSUMED
