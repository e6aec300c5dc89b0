"""Rows that an organisation and the secretariat that looks after it read, and nobody else."""

from datetime import date
from typing import Any, ClassVar, Self

from tillit.kit.circles import Shared, SharedQuerySet
from tillit.kit.models import DatedQuerySet
from tillit.register.models.particular import Particular


class KeptQuerySet(SharedQuerySet, DatedQuerySet):  # type: ignore[override] # its manager is its own
    def standing(self, day: date) -> Self:
        """Those that surely hold on the day. What is only assumed opens nothing."""
        return self.filter(certain_from__lte=day, certain_until__gte=day)


class Kept(Shared, Particular):
    """Who acts for an organisation, how to reach them. Of a protected one, only itself knows."""

    objects: ClassVar[Any] = KeptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Particular.Meta):
        abstract = True

    def guard(self) -> None:
        it = self.organisation
        self.circle = it.own_circle
        self.also = it.secretariat.own_circle if it.secretariat and not it.protected else ""
