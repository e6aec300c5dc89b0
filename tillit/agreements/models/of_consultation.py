"""Rows that belong to a consultation."""

from typing import Any, ClassVar

from tillit.kit.circles import Shared, SharedQuerySet
from tillit.kit.models import Row


class OfConsultation(Shared, Row):
    """`consultation` is a column of each noun, since what it is called from there differs."""

    consultation: Any

    # What its circles follow from.
    guarded_by: ClassVar[tuple[str, ...]] = ("consultation__version__agreement",)

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        abstract = True

    def guard(self) -> None:
        """As whoever reads the consultation."""
        self.circle, self.also = self.consultation.circle, ""

    @property
    def about(self) -> str:
        return str(self.consultation.about)

    @property
    def parties_circle(self) -> str:
        return str(self.consultation.agreement.parties_circle)

    def get_absolute_url(self) -> str:
        return str(self.consultation.get_absolute_url())
