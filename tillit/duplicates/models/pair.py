"""Two entries that may be the same."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Shared, SharedQuerySet, Viewer
from tillit.kit.fields import SubjectField
from tillit.kit.models import Row


class State(models.TextChoices):
    OPEN = "open", _("To decide")
    LATER = "later", _("Later")
    REFUSED = "refused", _("Are two")


def key_in(column: str, noun: str) -> Substr:
    """The key of a subject of the noun, which stands in a column of the row around."""
    return Substr(OuterRef(column), len(noun) + 2)


class PairQuerySet(SharedQuerySet):
    def of(self, noun: str) -> Self:
        return self.filter(one__startswith=f"{noun}:")

    def naming(self, subject: str) -> Self:
        return self.filter(Q(one=subject) | Q(other=subject))

    def between(self, one: str, other: str) -> Self:
        """The pair of the two, whichever stands first."""
        return self.naming(one).filter(Q(one=other) | Q(other=other))

    def readable_by(self, viewer: Viewer, rows: Mapping[str, Any]) -> Self:
        """Those of which the viewer may read both: `rows` are the readable ones of each noun."""
        readable: Any = Q(pk__in=[])
        for noun, of_it in rows.items():
            both = [Exists(of_it.filter(key=key_in(name, noun))) for name in ("one", "other")]
            readable |= Q(one__startswith=f"{noun}:") & both[0] & both[1]
        return self.visible_to(viewer).filter(readable)

    def waiting(self, day: date) -> Self:
        """To be decided on the day: those that are open, and those put off until then."""
        return self.filter(Q(state=State.OPEN) | Q(state=State.LATER, until__lte=day))


class Pair(Shared, Row):
    """Two subjects of one noun. Read by the offices that look after them.

    `score` is how much spoke for it when it was found; 0 of one that was made by hand.
    """

    carried: ClassVar[bool] = True

    one = SubjectField()
    other = SubjectField()
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    until = models.DateField(_("until"), null=True, blank=True)  # of one that was put off
    why = models.CharField(_("reason"), max_length=400, blank=True)
    score = models.IntegerField(default=0)
    found_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of possible duplicates")
        verbose_name_plural = _("pairs of possible duplicates")
        ordering = ["-score", "key"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="duplicates_pair_once"),
            models.CheckConstraint(
                condition=~Q(state="later") | Q(until__isnull=False), name="duplicates_pair_until"
            ),
        ]
        indexes = [models.Index(F("score").desc(), "key", name="duplicates_pair_order")]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def get_absolute_url(self) -> str:
        return reverse("duplicates:pair", args=[self.key])

    @property
    def noun_of_both(self) -> str:
        return str(self.one).partition(":")[0]

    @property
    def subjects(self) -> tuple[str, str]:
        return self.one, self.other

    @property
    def keys(self) -> tuple[str, str]:
        return self.one.partition(":")[2], self.other.partition(":")[2]
