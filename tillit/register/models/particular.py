"""Rows that belong to an organisation and tell one thing of it for a period."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from tillit.kit.fields import Derived
from tillit.kit.loading.resolving import chunks
from tillit.kit.merging.periods import ended_with, joined
from tillit.kit.models import Dated, DatedQuerySet, Row
from tillit.kit.refusal import Refused
from tillit.kit.values import NOT_TOLD
from tillit.register.models.organisation import Organisation

PERIOD = {"start", "end", "seen"}


class Particular(Row, Dated):
    """One dated fact of an organisation."""

    get_kind_display: Callable[[], str]  # each has a kind, or says its own kind_in_words

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="%(class)ss"
    )

    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        abstract = True

    def guard(self) -> None:
        """Set the circle that the row must have: whoever may not read the owner may not read this."""
        self.circle = self.organisation.circle

    def lock(self) -> None:
        """All that is written of an organisation is written one at a time, and knows how it is now."""
        rows = Organisation.objects.select_for_update(no_key=True)
        found = rows.filter(pk=self.organisation_id).first() if self.organisation_id else None
        if found is None:
            raise Refused(_("What it belonged to is no longer there."), 409)
        self.organisation = found

    @classmethod
    def lock_all(cls, rows: Sequence[Any]) -> None:
        """One question for many of them, in the order that all who lock keep to."""
        for chunk in chunks(sorted({row.organisation_id for row in rows})):
            owners = Organisation.objects.select_for_update(of=("self",), no_key=True)
            found = owners.select_related("secretariat").order_by("pk").in_bulk(chunk)
            for row in (it for it in rows if it.organisation_id in found):
                row.organisation = found[row.organisation_id]

    def sought_beside(self) -> dict[str, Any]:
        """Facts that say the same in all but when."""
        own = (
            it
            for it in self._meta.concrete_fields
            if it.name not in {*NOT_TOLD, *PERIOD} and not isinstance(it, Derived)
        )
        return {it.attname: getattr(self, it.attname) for it in own}

    def says_the_same(self, other: Any) -> bool:
        """A fact that ended and began again later is two."""
        return self.period == other.period or self.period.collides_with(other.period)

    def take_in(self, other: Any) -> dict[str, Any]:
        return dict(joined(self, other))

    def come_back(self, twin: Any) -> dict[str, Any] | None:
        """What has ended meanwhile has ended for it too."""
        return None if twin is None else ended_with(self, twin)

    @property
    def told_when_gone(self) -> tuple[str, str]:
        """What was removed as wrong is known to the organisation and who looks after it, at most."""
        it = self.organisation
        also = it.secretariat.own_circle if it.secretariat and not it.protected else ""
        return it.own_circle, also

    @property
    def about(self) -> str:
        return self.organisation.subject

    @property
    def kind_in_words(self) -> str:
        """Which kind of fact: “Säte”, “Felstavning”, “Organisationsnummer”."""
        display: str = self.get_kind_display()
        return display.lower()

    def get_absolute_url(self) -> str:
        """The page on which the fact is shown."""
        return self.organisation.get_absolute_url()


class Guarded(Particular):
    """A fact that tells where an organisation is or who its people are.

    Its circle follows the organisation, so that protecting one hides all of this everywhere.
    """

    class Meta(Particular.Meta):
        abstract = True

    def guard(self) -> None:
        self.circle = self.organisation.circle_of_particulars
