"""An organisation of any sector. What changes over time stands in rows of its own."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.kit.changes import Actor, change
from tillit.kit.circles import PUBLIC
from tillit.kit.fields import FoldedField, SortKeyField
from tillit.kit.guarding import guard_anew, hide_gone
from tillit.kit.loading.resolving import chunks
from tillit.kit.models import Dated, DatedQuerySet, Row
from tillit.kit.periods import Reach
from tillit.register.choices import Form, Level, Sector
from tillit.register.models.dependants import dependants_of
from tillit.register.models.secretariat import Secretariat
from tillit.register.models.topic import Topic

# What tells where an organisation is and who its people are, also once it has been removed.
TELLING = {"address", "presence", "unit", "role", "contact", "mandate", "invitation"}


def settle_circles(organisations: Sequence["Organisation"]) -> int:
    """Hide, or show, the places and people of organisations, and let their secretariats read."""
    moved = guard_anew(dependants_of([it.pk for it in organisations]))
    for it in organisations:
        if it.protected:
            hide_gone(TELLING, "organisation", it.key, it.circle_of_particulars)
            hide_gone({"role"}, "represents", it.key, it.circle_of_particulars)
    return moved


class Organisation(Row, Dated):
    """An organisation; its period is that of its existence. `name` is what it is called now."""

    name = models.CharField(_("name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=10, choices=Sector.choices)
    form = models.CharField(_("legal form"), max_length=24, choices=Form.choices, blank=True)
    level = models.CharField(_("level"), max_length=14, choices=Level.choices, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    description = models.TextField(_("description"), blank=True, max_length=4000)
    web = models.URLField(_("website"), blank=True)
    # Where people are in danger if they are found: place and people stay within its own circle.
    protected = models.BooleanField(_("protected"), default=False)
    # Who looks after its entry, besides itself.
    secretariat = models.ForeignKey(
        Secretariat, on_delete=models.SET_NULL, null=True, blank=True, related_name="entries"
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="organisations")
    sort_key = SortKeyField(derive="name")
    folded = FoldedField(derive="name")

    # One that a source first names in 2012 is taken to have been there for ten years, not since 1800.
    reach: ClassVar[Reach] = Reach(before=3653)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index(fields=["sort_key", "key"], name="register_organisation_order"),
            models.Index(fields=["sector", "sort_key", "key"], name="register_organisation_sector"),
            models.Index(fields=["form", "sort_key", "key"], name="register_organisation_form"),
            # All that counting those of a day needs, so that no row is read; and the latest first.
            models.Index(
                fields=[
                    "possible_from",
                    "possible_until",
                    "circle",
                    "certain_from",
                    "certain_until",
                    "sector",
                    "form",
                    "level",
                ],
                name="register_organisation_day",
            ),
        ]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")),
                name="register_organisation_not_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("register:organisation", args=[self.key])

    @property
    def side(self) -> str:
        return Sector(self.sector).side

    @property
    def own_circle(self) -> str:
        """The circle of those who act for it."""
        return self.subject

    @property
    def circle_of_particulars(self) -> str:
        """The circle of its places and people."""
        return self.own_circle if self.protected else self.circle or PUBLIC

    def protect(self, actor: Actor, why: str) -> None:
        """Hide its places and people from all but itself, and what was told of them."""
        change(self, {"protected": True}, actor, why)

    def unprotect(self, actor: Actor, why: str) -> None:
        """Show its places and people again."""
        change(self, {"protected": False}, actor, why)

    def give_to(self, secretariat: Secretariat | None, actor: Actor, why: str = "") -> None:
        """Have the secretariat look after it; another one reads its own rows no more."""
        change(self, {"secretariat": secretariat}, actor, why)

    def settle(self, day: date) -> None:
        """Its rows are read by whom they shall be, whichever way it has changed."""
        if self.pk:
            settle_circles([self])

    @classmethod
    def settle_all(cls, rows: Sequence["Organisation"], day: date) -> None:
        for chunk in chunks(it for it in rows if it.pk):
            settle_circles(chunk)

    def name_on(self, day: date) -> str:
        """What it was called on the day; its present name where no source reaches."""
        return self.names.all().called_on(day) or self.name

    def clean(self) -> None:
        super().clean()
        above, seen = self.parent, {self.key}
        while above is not None:
            if above.key in seen:
                raise ValidationError({"parent": _("The organisation would be a part of itself.")})
            seen.add(above.key)
            above = above.parent
