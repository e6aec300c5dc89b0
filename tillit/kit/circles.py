"""Who may read: every row is public or belongs to one circle, and a viewer has circles.

A circle is an opaque key, such as `organisation:natverket` or `self:maria-leiner`. Which ones a
viewer has is told by the contexts (see `contributions`), computed once a request.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self, TypeVar, cast

from django.db import models

PUBLIC = "public"
T = TypeVar("T")


@dataclass(frozen=True)
class Viewer:
    """Somebody who reads, for the length of one request: the circles, and the account if signed in."""

    circles: frozenset[str] = frozenset({PUBLIC})
    account: int | None = None
    _made: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once a request however many parts of a page ask for it."""
        if what not in self._made:
            self._made[what] = make()
        return cast("T", self._made[what])

    @classmethod
    def with_circles(cls, circles: Iterable[str], account: int | None = None) -> "Viewer":
        return cls(frozenset({PUBLIC, *circles}), account)


class CircleField(models.CharField):  # type: ignore[type-arg]
    """The circle of a row. A noun with a rule for it, `guard`, has it set whenever it is written."""

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        if hasattr(model_instance, "guard"):
            model_instance.guard()
        return super().pre_save(model_instance, add)


class CircledQuerySet(models.QuerySet[Any]):
    """Rows that belong to circles. Every list and every fetch for a person begins here."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(circle__in=viewer.circles)


class Circled(models.Model):
    """A row that is public or belongs to one circle."""

    # Without an index: nearly all rows are public, and a database that takes an index for them is lost.
    circle = CircleField(max_length=120, default=PUBLIC)

    objects: ClassVar[Any] = CircledQuerySet.as_manager()

    class Meta:
        abstract = True
