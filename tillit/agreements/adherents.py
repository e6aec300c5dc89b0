"""Who has joined an agreement on a day, how sure that is, and what a document states instead."""

from datetime import date
from functools import cached_property
from typing import Any

from tillit.agreements.models import Adherence, Agreement
from tillit.agreements.models.adherence import AdherenceQuerySet
from tillit.kit.circles import Viewer
from tillit.kit.models import StatedFigure
from tillit.kit.models.dated import Tally
from tillit.register.choices import Measure
from tillit.register.models import Name, Organisation, Presence


class Adherents:
    """Those who have joined the agreement on the day, as far as the viewer may see."""

    def __init__(self, agreement: Agreement, viewer: Viewer, day: date) -> None:
        self.agreement, self.viewer, self.day = agreement, viewer, day

    @property
    def all(self) -> AdherenceQuerySet:
        """At any time."""
        rows: AdherenceQuerySet = Adherence.objects.visible_to(self.viewer)
        return rows.filter(
            agreement=self.agreement, organisation__circle__in=self.viewer.circles
        ).select_related("organisation")

    @property
    def rows(self) -> AdherenceQuerySet:
        return self.all.on(self.day).prefetch_related("organisation__names")

    @cached_property
    def tally(self) -> Tally:
        return self.all.tally_on(self.day)

    @cached_property
    def stated(self) -> list[StatedFigure]:
        """What documents state the number to be, on the day."""
        figures = StatedFigure.objects.visible_to(self.viewer)
        found = figures.filter(about=self.agreement.subject, measure=Measure.ORGANISATIONS)
        return list(found.on(self.day))

    @property
    def differing(self) -> list[StatedFigure]:
        """Those that say something else than the rows do."""
        return [it for it in self.stated if not says(it, self.tally.count)]

    def narrowed(self, asked: dict[str, Any]) -> AdherenceQuerySet:
        """By name, side, legal form and place."""
        rows = self.rows
        if asked.get("q"):
            names = Name.objects.visible_to(self.viewer).containing(asked["q"])
            rows = rows.filter(organisation__in=names.values("organisation_id"))
        if asked.get("side"):
            rows = rows.filter(organisation__sector=asked["side"])
        if asked.get("form"):
            rows = rows.filter(organisation__form=asked["form"])
        if asked.get("place"):
            there = Presence.objects.visible_to(self.viewer).on(self.day).within(asked["place"])
            rows = rows.filter(organisation__in=there.values("organisation_id"))
        return rows

    def of(self, organisation: Organisation) -> Adherence | None:
        """The one of the organisation that no end is known of, or that holds on the day."""
        rows = Adherence.objects.visible_to(self.viewer).between(self.agreement, organisation)
        found: Adherence | None = rows.filter(possible_until__gte=self.day).first()
        if found:
            found.agreement = self.agreement
        return found


def says(figure: StatedFigure, count: int) -> bool:
    """Whether the figure is just that number."""
    return figure.low == count and figure.high in {None, count}
