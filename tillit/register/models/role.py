"""What a person is or was in an organisation or one of its units."""

from datetime import timedelta
from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tillit.kit.circles import PUBLIC
from tillit.kit.periods import Reach
from tillit.register.choices import ELECTED, RoleKind, Sector
from tillit.register.models.organisation import Organisation
from tillit.register.models.particular import Guarded
from tillit.register.models.person import Person
from tillit.register.models.unit import Unit

TERM = timedelta(days=731)


class Role(Guarded):
    """A post, an employment or a commission for a period.

    `share` is of full time, over 0 to 1. Posts are held for a term: where the sources fall silent a
    role is assumed to last two years more, and never to have begun before a source knows it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="roles"
    )
    represents = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="represented_in"
    )
    kind = models.CharField(max_length=24, choices=RoleKind.choices)
    title = models.CharField(_("title"), max_length=160, blank=True)
    share = models.DecimalField(
        _("share of full time"), max_digits=4, decimal_places=3, null=True, blank=True
    )
    party = models.CharField(_("party"), max_length=40, blank=True)

    reach: ClassVar[Reach] = Reach(before=0, after=TERM.days)

    class Meta(Guarded.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["organisation", "certain_from", "pk"]
        constraints = [
            *Guarded.Meta.constraints,
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
                name="register_role_share",
            ),
            models.CheckConstraint(
                condition=Q(party="") | Q(kind__in=ELECTED), name="register_role_party_of_elected"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()

    def guard(self) -> None:
        super().guard()
        if self.circle == PUBLIC:
            self.circle = self.person.circle
        if self.circle == PUBLIC and self.represents:
            self.circle = self.represents.circle_of_particulars

    @property
    def unit_to_tell(self) -> Unit | None:
        """The unit, unless the title names it already."""
        unit: Unit | None = self.unit
        return None if unit and unit.name.casefold() in self.title.casefold() else unit

    @property
    def rank(self) -> int:
        """Its place among the roles of a unit: the chair first."""
        return RoleKind.values.index(self.kind)

    @property
    def percent(self) -> Decimal | None:
        """The share in percent: 0.8 is 80."""
        return None if self.share is None else (self.share * 100).normalize()

    def clean(self) -> None:
        super().clean()
        if self.unit and self.unit.organisation_id != self.organisation_id:
            raise ValidationError({"unit": _("The unit belongs to another organisation.")})
        if self.party and (self.kind not in ELECTED or self.organisation.sector != Sector.PUBLIC):
            raise ValidationError(
                {"party": _("A party stands only beside an elected role in the public sector.")}
            )
        if self.share is not None and not 0 < self.share <= 1:
            raise ValidationError(
                {"share": _("The share of full time is more than 0 and at most 1.")}
            )
