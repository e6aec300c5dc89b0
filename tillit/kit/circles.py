"""Who may read: every row is public or belongs to one circle, and a viewer has circles.

A circle is an opaque key, such as `organisation:natverket` or `self:maria-leiner`. Which ones a
viewer has is told by the contexts (see `contributions`), computed once a request. Reading uses all
the capacities of a person; writing uses the chosen one.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self, TypeVar, cast

from django.apps import apps
from django.db import models
from django.db.models import Q

PUBLIC = "public"
T = TypeVar("T")


@dataclass(frozen=True)
class Capacity:
    """That in which a person may act: for whom, and how far. `behalf` is the subject of the former."""

    key: str
    title: str  # Föreningen Framsteg
    text: str = ""  # contact person
    side: str = ""
    behalf: str = ""


@dataclass(frozen=True)
class Identity:
    """Who an account is in the world, and the capacities in which it may act today."""

    person: str = ""  # the person's subject
    name: str = ""
    capacities: tuple[Capacity, ...] = ()


NOBODY = Identity()


@dataclass(frozen=True)
class Viewer:
    """Somebody who reads, for the length of one request: the circles, and the account if signed in.

    `asked` is the key of the capacity that the session has chosen, and means nothing until it is
    found among those that stand.
    """

    circles: frozenset[str] = frozenset({PUBLIC})
    account: int | None = None
    identity: Identity = NOBODY
    asked: str = ""
    _made: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once a request however many parts of a page ask for it."""
        if what not in self._made:
            self._made[what] = make()
        return cast("T", self._made[what])

    @property
    def chosen(self) -> Capacity | None:
        """The capacity in which the viewer writes: the one asked for, or else the first."""
        standing = self.identity.capacities
        return next((it for it in standing if it.key == self.asked), next(iter(standing), None))

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


class SharedQuerySet(CircledQuerySet):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(Q(circle__in=viewer.circles) | Q(also__in=viewer.circles))


class Circled(models.Model):
    """A row that is public or belongs to one circle."""

    # Without an index: nearly all rows are public, and a database that takes an index for them is lost.
    circle = CircleField(max_length=120, default=PUBLIC)

    objects: ClassVar[Any] = CircledQuerySet.as_manager()

    class Meta:
        abstract = True


class Shared(Circled):
    """A row that a second circle reads as well: an organisation's own, and its secretariat's."""

    also = models.CharField(max_length=120, blank=True, editable=False)

    objects: ClassVar[Any] = SharedQuerySet.as_manager()

    class Meta:
        abstract = True


def pass_on(circle: str, to: str) -> int:
    """Let the readers of one circle have all that was the other's; how many rows it was."""
    moved = 0
    for model in apps.get_models():
        for name in ("circle", "also"):
            if issubclass(model, Shared if name == "also" else Circled):
                rows = model._default_manager.filter(**{name: circle})  # noqa: SLF001
                moved += rows.update(**{name: to})
    return moved
