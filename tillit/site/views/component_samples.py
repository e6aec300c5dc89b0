"""What the page of components shows: facts from the documents, in the objects of real pages."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.bounds import Edge, read_bound
from tillit.kit.charts import Chart, Point, Series
from tillit.kit.citations import Citations
from tillit.kit.contributions import Moment, Panel
from tillit.kit.days import DayField
from tillit.kit.exports import Column
from tillit.kit.listing import Listing, ListPage
from tillit.kit.lists import Slice
from tillit.kit.maps import Map, MapShape, step_of
from tillit.kit.models import Citation, Looseness, Source, StatedFigure
from tillit.kit.search.asking import read
from tillit.kit.search.finding import Hit
from tillit.kit.search.models import Entry
from tillit.register import atlas

DAY = date(2012, 12, 31)
CRUMBS = [("Överenskommelsen Skåne", "/"), (gettext_lazy("Components"), "")]
SKANE = "12"
GATHERINGS = {"1283": 1, "1280": 3, "1293": 1, "1281": 1, "1290": 2, "1285": 1}


@dataclass(frozen=True)
class Fact:
    """A row of the page, known to the sources by its subject."""

    subject: str
    title: Any

    def __str__(self) -> str:
        return str(self.title)


@dataclass(frozen=True)
class Member:
    """A row of the list."""

    name: str
    side: str
    form: str
    since: str

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"organisation:{self.name}"


FACTS = {
    "members": Fact("fact:members", gettext_lazy("Members")),
    "number": Fact("fact:number", gettext_lazy("Organisation number")),
    "meeting": Fact("fact:meeting", gettext_lazy("Breakfast meeting")),
    "name": Fact("fact:name", gettext_lazy("Name")),
}
SIMPLE_FACTS = [
    (gettext_lazy("Signed"), date(2010, 6, 29)),
    (gettext_lazy("Given in a year"), 2_605_000),
    (gettext_lazy("Website"), "www.natverket.org", "https://www.natverket.org/"),
]
MEMBERS = [
    Member("Internationella Kvinnoföreningen i Malmö (IKF)", "civil", "Ideell förening", ""),
    Member("Malmö Ideella föreningars Paraplyorganisation (MIP)", "civil", "Ideell förening", ""),
    Member("Noaks Ark Skåne", "civil", "Ideell förening", "2012"),
    Member("Region Skåne", "public", "Region", ""),
    Member("Stiftelsen Skåne Stadsmission", "civil", "Stiftelse", ""),
    Member("Studiefrämjandet i Skåne och Blekinge", "civil", "Studieförbund", ""),
]


def tones() -> list[tuple[str, str]]:
    return [
        ("civil", _("Civil society")),
        ("public", _("Public sector")),
        ("joint", _("under way")),
        ("good", _("done")),
        ("warn", _("late")),
        ("bad", _("refused")),
        ("plain", _("coming")),
    ]


def civil() -> dict[str, str]:
    return {
        "label": _("Civil society"),
        "title": "Skånes idéburna organisationer",
        "text": _("represented by NÄTVERKET, 60 members"),
        "url": "#parties",
    }


def public() -> dict[str, str]:
    return {
        "label": _("Public sector"),
        "title": "Region Skåne",
        "text": _("through the committee for regional development"),
    }


def cards() -> list[dict[str, str]]:
    return [
        {
            "when": "2 605 000 kr",
            "title": "Partnerskapet 2025–2028",
            "url": "#cards",
            "text": _("What Region Skåne gives each year to coordination and efforts."),
        },
        {
            "when": "14 dec 2012",
            "title": "Frukostmöte: lokala överenskommelser",
            "url": "#cards",
            "text": "Eslöv",
            "chip": _("done"),
            "tone": "good",
        },
        {
            "title": "Styrgruppen",
            "text": _("Meets four times a year."),
            "chip": _("under way"),
            "tone": "joint",
        },
    ]


def figure() -> StatedFigure:
    """Known on one day; whatever other day is asked about, it is assumed."""
    return StatedFigure(
        key="members-2011",
        as_written="32",
        looseness=Looseness.EXACTLY,
        low=32,
        seen="2012-06-30",
        start="2012-06",
    )


def citations() -> Citations:
    report = Source(
        key="s0", title="Verksamhetsberättelse 2012", publisher="Nätverket Social Ekonomi Skåne"
    )
    compact = Source(key="s2", title="Överenskommelsen Skåne 2010–2014", publisher="Region Skåne")
    partnership = Source(
        key="s3", title="Idéburet offentligt partnerskap 2025–2028", publisher="Region Skåne"
    )
    check = _("The check digit is wrong. The number stands as the document writes it.")
    return Citations(
        [
            cite(report, "fact:members", 69, 82),
            cite(partnership, "fact:number", 51, says="232100–0205", note=check),
            cite(report, "fact:meeting", 546),
            cite(report, "fact:meeting", 389, says="i november 2012", contradicts=True),
            cite(report, "fact:name", 3),
            cite(compact, "fact:name", 19),
            *(cite(report, member.subject, 72, 82, field="name") for member in MEMBERS),
        ]
    )


def cite(
    source: Source, subject: str, first: int, last: int | None = None, **more: Any
) -> Citation:
    return Citation(
        source=source, subject=subject, first_line=first, last_line=last or first, **more
    )


def moments() -> list[Moment]:
    told = [
        ("2014-11-06", _("Workshop"), "Hur gör vi samverkan?", "joint", "Höör"),
        ("2012-12-14", _("Breakfast meeting"), "Lokala överenskommelser", "civil", "Eslöv"),
        ("2012-11", _("Regional forum"), "Integration genom interaktion", "", ""),
        ("2009-04-06", _("Decision"), "En ettårig process", "public", "Regionstyrelsen"),
    ]
    return [
        Moment(read_bound(day, Edge.START), kind, title, "#chronicle", text, side)
        for day, kind, title, side, text in told
    ]


def panel() -> Panel:
    return Panel(_("Rules of the steering group"), "site/components_panel.html", {"meetings": 4})


def gatherings() -> Map:
    outline = atlas.county(SKANE)
    names, highest = municipality_names(), max(GATHERINGS.values())
    shapes = [
        MapShape(
            d=shape.d,
            x=shape.x,
            y=shape.y,
            name=names[shape.code],
            value=str(GATHERINGS.get(shape.code, 0)),
            url="#map",
            step=step_of(GATHERINGS.get(shape.code, 0), highest),
            label=str(GATHERINGS.get(shape.code, "")),
            is_here=shape.code == "1285",
        )
        for shape in outline.shapes
    ]
    return Map(_("Gatherings of the network in 2012"), outline.box, shapes)


@cache
def municipality_names() -> Mapping[str, str]:
    with atlas.FILE.with_name("kommuner_scb.csv").open(encoding="utf-8", newline="") as file:
        return {row["kommun_kod"]: row["kommun_namn"] for row in csv.DictReader(file)}


def charts() -> list[Chart]:
    members = [("2011", 29, True), ("2012", 32, False), ("2013", 32, True), ("2014", None, False)]
    money = [("2015", 1_500_000), *((str(year), 2_605_000) for year in range(2025, 2029))]
    gathered = [("Workshop 25 apr 2014", 49), ("Workshop 6 nov 2014", 44), ("Regionalt forum", 200)]
    bodies = ["5+5, 2012", "Samverkansrådet 2014", "Styrgruppen för NAD"]
    sides = [(_("Civil society"), (5, 5, 2), "civil"), (_("Public sector"), (5, 6, 3), "public")]
    over_years = [
        Series(title, [Point("2012", counts[0]), Point("2014", counts[1])], tone)
        for title, counts, tone in sides
    ]
    seats = [
        Series(title, [Point(*pair) for pair in zip(bodies, counts, strict=True)], tone)
        for title, counts, tone in sides
    ]
    return [
        Chart(
            title=_("Members on the last day of each year"),
            unit=_("members"),
            labels_title=_("Year"),
            points=[*(Point(*point) for point in members), Point("2025", 60)],
        ),
        Chart(
            title=_("What the region gives in a year"),
            unit="kr",
            points=[Point(*point) for point in money],
            kind="line",
        ),
        Chart(title=_("Seats of each side"), unit=_("seats"), series=over_years, kind="line"),
        Chart(title=_("Seats of each side"), unit=_("seats"), series=seats, kind="bar"),
        Chart(
            title=_("Participants"),
            unit=_("people"),
            points=[
                *(Point(*point, url="#charts") for point in gathered),
                Point("Seminarium 11 jun 2012", 30, is_assumed=True),
            ],
            kind="bar",
        ),
    ]


class SampleForm(forms.Form):
    """A filter."""

    name = forms.CharField(label=gettext_lazy("Name"), required=False)
    sector = forms.ChoiceField(
        label=gettext_lazy("Sector"),
        required=False,
        choices=[
            ("", gettext_lazy("all")),
            ("civil", gettext_lazy("Civil society")),
            ("public", gettext_lazy("Public sector")),
        ],
    )
    asked = DayField(
        label=gettext_lazy("On the day"),
        required=False,
        help_text=gettext_lazy("Year-month-day, for example 2012-12-31"),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Legal form"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("association", "Ideell förening"), ("foundation", "Stiftelse")],
    )


COLUMNS = [
    Column(gettext_lazy("Name"), lambda row: row.name, link=lambda row: "#lists", name="name"),
    Column(gettext_lazy("Sector"), lambda row: row.side, template="site/components_cell.html"),
    Column(gettext_lazy("Legal form"), lambda row: row.form),
    Column(gettext_lazy("Member from"), lambda row: row.since),
]


def listing_of(title: Any) -> Listing:
    return Listing(title, "medlemmar", COLUMNS, "site/components.html")


def listing() -> ListPage:
    rows: Slice[Any] = Slice(rows=MEMBERS, count=32, next="next", previous="previous")
    return ListPage(listing_of(_("Members")), rows, SampleForm({}, auto_id="list-%s"))


def wrong_listing() -> ListPage:
    """A filter with a day that is none, kept as typed."""
    form = SampleForm({"asked": "31/12 2012", "kinds": ["other"]}, auto_id="wrong-%s")
    return ListPage(
        listing_of(_("With an error")), Slice([], 0, None, None), form, {"asked": "31/12 2012"}
    )


def empty_listing() -> ListPage:
    form = SampleForm({"name": "Zorn"}, auto_id="none-%s")
    return ListPage(listing_of(_("Without rows")), Slice([], 0, None, None), form, {"name": "Zorn"})


def hits() -> list[Hit]:
    """What was found, of which one has ended."""
    told = [
        ("Föreningen Furuboda", "Ideell förening · Idéburen sektor\nSäte: Malmö", date.max),
        ("Malmö stads råd", "Föreningar och staden i samtal", date(2010, 12, 31)),
    ]
    rows = [
        Entry(title=title, text=text, url="/", possible_from=date.min, possible_until=last)
        for title, text, last in told
    ]
    return [Hit(row, read("förening malmö"), DAY) for row in rows]
