"""The moments of those around an agreement: who has joined it, and what was planned."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.agreements.models import Adherence, Agreement, Orientation, Plan
from tillit.kit.bounds import Bound, Edge, Precision, read_bound
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Moment

TOLD = {Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR}
MOST = 40


def around(which: Q, viewer: Viewer) -> Iterator[Moment]:
    """Who has joined, and plans and orientations that were adopted; in one question."""
    several = (
        rows_of(Plan, which, viewer, "dated", "title", by="decided_by").filter(stage="adopted"),
        rows_of(Orientation, which, viewer, "dated", "title", by="decided_by").filter(
            stage="adopted"
        ),
        joined_by_day(which, viewer),
    )
    columns = [it.values_list(*COLUMNS) for it in several]
    for row in columns[0].union(*columns[1:], all=True).order_by("-when", "noun", "of")[:MOST]:
        it = Told(*row)
        if it.bound.precision in TOLD:
            yield it.moment()


COLUMNS = ("noun", "when", "name", "of", "agreement_key", "agreement_title", "by", "number")


@dataclass(frozen=True)
class Told:
    """One row of that question."""

    noun: str
    when: str
    name: str
    key: str
    agreement: str
    title: str
    by: str
    number: int

    @property
    def bound(self) -> Bound:
        return read_bound(self.when, Edge.START)

    def moment(self) -> Moment:
        agreement = Agreement(key=self.agreement, title=self.title)
        if self.noun == Adherence.noun:
            words = ngettext("%(count)s organisation", "%(count)s organisations", self.number)
            return Moment(
                when=self.bound,
                kind=_("Have joined"),
                title=self.title,
                url=reverse("agreements:adherents", args=[self.agreement]),
                text=words % {"count": self.number},
                subject=agreement.subject,
            )
        model = {it.noun: it for it in (Plan, Orientation)}[self.noun]
        row = model(key=self.key, agreement=agreement)
        return Moment(
            when=self.bound,
            kind=_("Adopted"),
            title=f"{self.name}: {self.title}",
            url=page_of(row, self.number),
            text=self.by,
            side="joint",
            subject=row.subject,
        )


def page_of(row: Any, year: int) -> str:
    """Orientations have their year in the address."""
    if isinstance(row, Orientation):
        row.year = year
    return str(row.get_absolute_url())


def rows_of(  # noqa: PLR0917 (which columns are told of)
    model: Any, which: Q, viewer: Viewer, when: str, name: str, by: str = ""
) -> Any:
    rows = model.objects.visible_to(viewer).filter(which, agreement__circle__in=viewer.circles)
    return (
        rows.exclude(**{when: ""})
        .order_by()
        .annotate(
            noun=Value(model.noun, CharField()),
            when=F(when),
            name=F(name),
            of=F("key"),
            agreement_key=F("agreement__key"),
            agreement_title=F("agreement__title"),
            by=F(by) if by else Value("", CharField()),
            number=F("year") if model is Orientation else Value(0),
        )
    )


def joined_by_day(which: Q, viewer: Viewer) -> Any:
    """Those who joined the same agreement on the same day are one moment."""
    rows = Adherence.objects.visible_to(viewer).filter(
        which,
        agreement__circle__in=viewer.circles,
        organisation__circle__in=viewer.circles,
    )
    by_day = rows.exclude(start="").order_by().values("agreement__key", "agreement__title", "start")
    return by_day.annotate(
        noun=Value(Adherence.noun, CharField()),
        when=F("start"),
        name=Value("", CharField()),
        of=Value("", CharField()),
        agreement_key=F("agreement__key"),
        agreement_title=F("agreement__title"),
        by=Value("", CharField()),
        number=Count("pk"),
    )
