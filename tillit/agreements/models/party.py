"""Who is party to an agreement, on which side, and when."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tillit.agreements.models.agreement import Agreement
from tillit.kit.circles import PUBLIC
from tillit.kit.merging.periods import ended_with, joined
from tillit.kit.models import Dated, DatedQuerySet, Row
from tillit.kit.periods import Reach
from tillit.register.choices import Side
from tillit.register.models import Organisation


class PartyQuerySet(DatedQuerySet):
    def acting(self, day: date) -> Self:
        """Those that are party on the day, and those with whom an agreement will begin: somebody must
        write it before that.
        """
        begun = Q(possible_from__lte=day) | Q(possible_from__lte=F("agreement__possible_from"))
        return self.filter(begun, possible_until__gte=day)


class Party(Row, Dated):
    """A party to an agreement for a period.

    The civil party is a sector, which has a title and is represented by an organisation. A party that
    is an organisation itself needs no title.
    """

    called: str  # what its organisation was called on a day: see reading

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agreement_parties",
    )
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    title = models.CharField(_("title"), max_length=200, blank=True)
    text = models.CharField(_("how it is represented"), max_length=200, blank=True)

    reach: ClassVar[Reach] = Reach(before=0)

    objects: ClassVar[Any] = PartyQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("party to an agreement")
        verbose_name_plural = _("parties to agreements")
        ordering = ["agreement", "side", "possible_from", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(title=""),
                name="agreements_party_is_somebody",
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="agreements_party_side"),
        ]

    def __str__(self) -> str:
        return self.title or (self.organisation.name if self.organisation else "")

    def get_absolute_url(self) -> str:
        return self.agreement.get_absolute_url()

    @property
    def about(self) -> str:
        return self.agreement.subject

    def guard(self) -> None:
        """Whoever may not read both may not read that the one is party to the other."""
        owners = [self.agreement, self.organisation]
        circles = [it.circle for it in owners if it is not None]
        self.circle = next((circle for circle in circles if circle != PUBLIC), PUBLIC)

    def sought_beside(self) -> dict[str, Any]:
        return {
            "agreement": self.agreement,
            "organisation": self.organisation,
            "side": self.side,
            "title": self.title,
        }

    def says_the_same(self, other: Any) -> bool:
        return self.period.collides_with(other.period)

    def take_in(self, other: Any) -> dict[str, Any]:
        return dict(joined(self, other))

    def come_back(self, twin: Any) -> dict[str, Any] | None:
        return None if twin is None else ended_with(self, twin)
