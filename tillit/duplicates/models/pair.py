"""Two entries that may be the same."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import Shared, SharedQuerySet
from tillit.kit.fields import SubjectField
from tillit.kit.models import Row


class State(models.TextChoices):
    OPEN = "open", _("To decide")
    LATER = "later", _("Later")
    REFUSED = "refused", _("Are two")


class PairQuerySet(SharedQuerySet):
    def of(self, noun: str) -> Self:
        return self.filter(one__startswith=f"{noun}:")

    def naming(self, subject: str) -> Self:
        return self.filter(Q(one=subject) | Q(other=subject))

    def between(self, one: str, other: str) -> Self:
        """The pair of the two, whichever stands first."""
        return self.naming(one).filter(Q(one=other) | Q(other=other))

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
