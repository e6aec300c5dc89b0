"""An agreement between the two sides, national, regional or local."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.keeping import keep_to
from tillit.kit.bounds import Bound
from tillit.kit.circles import PUBLIC
from tillit.kit.fields import SortKeyField
from tillit.kit.locks import one_at_a_time
from tillit.kit.models import Dated, DatedQuerySet, Row
from tillit.kit.periods import Period, Reach
from tillit.register.choices import Level
from tillit.register.models import Place


def surely_before(period: Period, beginning: Bound) -> bool:
    """Whether a period surely begins, or is seen, before another's beginning."""
    firsts = [period.start.latest]
    if period.seen_first:
        firsts.append(period.seen_first.latest)
    return min(firsts) < beginning.earliest


class Agreement(Row, Dated):
    """An agreement. Its period is that in which it stands, through all of its versions.

    `parent` is the agreement that it builds on: a local one on the regional, that on the national.
    """

    adherent_count: int  # how many have joined, where that has been asked for: see reading

    title = models.CharField(_("title"), max_length=200)
    level = models.CharField(_("level"), max_length=14, choices=Level.choices)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    description = models.TextField(_("description"), blank=True, max_length=4000)
    # Prepared by the parties alone, before anything of it has been told to others.
    private = models.BooleanField(_("for the parties alone"), default=False)
    sort_key = SortKeyField(derive="title")

    versions: Any  # of Version

    # What no source reaches back to was not yet agreed; it goes on until a source ends it.
    reach: ClassVar[Reach] = Reach(before=0)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["sort_key", "key"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="agreements_agreement_not_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:agreement", args=[self.key])

    @property
    def parties_circle(self) -> str:
        """Of those who act for a party to it, whichever side they stand on."""
        return f"agreement:{self.key}"

    def circle_of(self, side: str) -> str:
        """Of those who act for one side's parties: where a side may think alone."""
        return f"agreement:{self.key}:{side}"

    def guard(self) -> None:
        """While it is private the parties alone read it, and what belongs to it."""
        if self.private:
            self.circle = self.parties_circle
        elif self.circle == self.parties_circle:
            self.circle = PUBLIC

    @cached_property
    def has_begun(self) -> bool:
        """Whether any version of it is more than a draft, or a party stands behind one."""
        if self.versions.beyond_draft().exists():
            return True
        stood = apps.get_model("agreements", "Adoption").objects.standing()
        return bool(stood.filter(version__agreement=self).exists())

    def hold(self) -> None:
        """Its versions, with all that belongs to them, are written by one at a time."""
        one_at_a_time(f"agreements.versions.{self.pk}")

    def lock(self) -> None:
        """What builds on what is a tree of all of them."""
        one_at_a_time("agreements.tree")

    def clean(self) -> None:
        super().clean()
        self._refuse_cycle()
        if self.parent and surely_before(self.period, self.parent.period.start):
            raise ValidationError(
                {"start": _("The agreement begins before the one that it builds on.")}
            )

    def check_beside(self) -> None:
        """None of its versions, and none that builds on it, begins before it does."""
        if not self.pk:
            return
        self._refuse_cycle()
        if self.private and self.versions.beyond_draft().exists():
            raise ValidationError(
                {"private": _("A version of it has been told to others already.")}
            )
        version = apps.get_model("agreements", "Version")
        for row in (*version.objects.filter(agreement=self), *self.children.all()):
            if surely_before(row.period, self.period.start):
                raise ValidationError(
                    {"start": _("%(what)s begins before the agreement does.") % {"what": row}}
                )

    def settle(self, day: date) -> None:
        """What belongs to it is read by those who read it."""
        for relation in ("Party", "Version"):
            rows = apps.get_model("agreements", relation).objects.filter(agreement=self.pk)
            for moved in keep_to(rows):
                moved.settle(day)

    def _refuse_cycle(self) -> None:
        above, seen = self.parent, {self.key}
        while above is not None:
            if above.key in seen:
                raise ValidationError({"parent": _("The agreement would build on itself.")})
            seen.add(above.key)
            above = above.parent
