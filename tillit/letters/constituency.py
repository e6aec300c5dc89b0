"""Whom a mandate may write to: the organisations, and the addresses of their contact persons."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from tillit.kit.circles import Viewer
from tillit.letters.choices import Group
from tillit.register.models import Contact, Mandate, Membership, Organisation


@dataclass(frozen=True)
class Constituency:
    """What a mandate may write to on a day. The same for both sides, and for umbrellas."""

    mandate: Mandate
    viewer: Viewer
    day: date

    def looked_after(self) -> QuerySet[Organisation]:
        """Those of its own side whose entries the secretariat looks after."""
        kept = self.mandate.secretariat
        if kept is None:
            return self._standing().none()
        return self._standing().filter(secretariat=kept, sector=kept.side)

    def members(self, day: date | None = None) -> QuerySet[Organisation]:
        """The members of its organisation, on another day if one is given."""
        memberships = Membership.objects.visible_to(self.viewer).on(day or self.day)
        of_ours = memberships.filter(umbrella=self.mandate.organisation_id)
        return self._standing().filter(pk__in=of_ours.values("member_id"))

    @property
    def usual_group(self) -> Group:
        """Whom one most often writes to: the members of an umbrella, else those looked after."""
        if self.mandate.secretariat is None or self.members().exists():
            return Group.MEMBERS
        return Group.LOOKED_AFTER

    def organisations(self) -> QuerySet[Organisation]:
        """All of them, and its own besides."""
        within = Q(pk__in=self.looked_after().values("pk")) | Q(pk__in=self.members().values("pk"))
        return self._standing().filter(within | Q(pk=self.mandate.organisation_id))

    def contacts(self, organisations: Any) -> QuerySet[Contact]:
        """Their addresses that take letters today. Of a protected one, none."""
        found: QuerySet[Contact] = (
            Contact.objects.on(self.day)
            .filter(organisation__in=organisations, organisation__protected=False)
            .filter(gets_letters=True)
            .exclude(email="")
        )
        return found

    def seen(self, contact: Contact) -> bool:
        """Whether whoever writes for the mandate sees the address itself."""
        return contact.circle in self._circles or contact.also in self._circles

    def sees(self) -> Q:
        """The same, for the database."""
        return Q(circle__in=self._circles) | Q(also__in=self._circles)

    @property
    def _circles(self) -> set[str]:
        """What the mandate itself opens, whatever else the person may read."""
        kept = self.mandate.secretariat
        own = {self.mandate.organisation.own_circle}
        return own | {kept.own_circle} if kept else own

    def _standing(self) -> QuerySet[Organisation]:
        found: QuerySet[Organisation] = Organisation.objects.visible_to(self.viewer).on(self.day)
        return found
