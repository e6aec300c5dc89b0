"""The moments of agreements for timelines: who stood behind what, and what came into force."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.agreements.choices import AdoptionKind
from tillit.agreements.models import (
    Adherence,
    Adoption,
    Agreement,
    Orientation,
    Plan,
    Version,
)
from tillit.kit.bounds import Bound, Edge, Precision, read_bound
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Moment
from tillit.register.choices import Side

TOLD = {Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR}
MOST = 40


def moments(subject: str, viewer: Viewer) -> Iterator[Moment]:
    """Of one agreement, or of all, the latest ones."""
    noun, _colon, key = subject.partition(":")
    if noun == Agreement.noun:
        yield from of(Q(agreement__key=key), viewer)
        yield from of_adoptions(Q(version__agreement__key=key), viewer)
    elif not subject:
        yield from of(Q(), viewer)
        yield from of_adoptions(Q(), viewer)


def of(which: Q, viewer: Viewer) -> Iterator[Moment]:
    """Versions that came into force, who has joined, and plans that were adopted; in one question."""
    versions = rows_of(Version, which, viewer, "start", "label")
    several = (
        rows_of(Plan, which, viewer, "dated", "title", by="decided_by").filter(stage="adopted"),
        rows_of(Orientation, which, viewer, "dated", "title", by="decided_by").filter(
            stage="adopted"
        ),
        joined_by_day(which, viewer),
    )
    columns = [it.values_list(*COLUMNS) for it in (versions, *several)]
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
        model = {it.noun: it for it in (Version, Plan, Orientation)}[self.noun]
        row = model(key=self.key, agreement=agreement)
        is_version = model is Version
        return Moment(
            when=self.bound,
            kind=_("In force") if is_version else _("Adopted"),
            title=f"{self.title}, {self.name}" if is_version else f"{self.name}: {self.title}",
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


def of_adoptions(which: Q, viewer: Viewer) -> Iterator[Moment]:
    """What several did of the same kind on the same day is one moment."""
    rows = Adoption.objects.visible_to(viewer).filter(which).exclude(dated="")
    of_these = rows.filter(
        version__circle__in=viewer.circles, version__agreement__circle__in=viewer.circles
    )
    together: dict[Any, list[Adoption]] = {}
    for row in of_these.select_related("version__agreement", "organisation").order_by(
        "-dated", "key"
    )[:MOST]:
        if row.when.precision in TOLD:
            together.setdefault((row.version_id, row.kind, row.dated), []).append(row)
    for several in together.values():
        yield moment(several)


def moment(several: list[Adoption]) -> Moment:
    one = several[0]
    sides = {it.organisation.side for it in several}
    return Moment(
        when=one.when,
        kind=AdoptionKind(one.kind).label,
        title=str(one.version),
        url=one.version.get_absolute_url(),
        text=", ".join(it.organisation.name for it in several),
        side="joint" if sides == {*Side.values} else next(iter(sides)),
        subject=one.subject,
    )
