"""The register in figures: each number leads to the rows behind it, or to the source that states it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.charts import Chart, Point
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of
from tillit.kit.contributions import links_to
from tillit.kit.days import asked_day
from tillit.kit.models import StatedFigure
from tillit.register.choices import Form, Level, Measure, Sector
from tillit.register.emptiness import first_step
from tillit.register.filters import UNKNOWN
from tillit.register.models import Organisation

MEASURES = dict(Measure.choices)
MOST_STATED = 200


@dataclass(frozen=True)
class Share:
    """How many organisations have one value, and the list of them."""

    title: str | Promise
    count: int
    url: str


@dataclass(frozen=True)
class Division:
    """All organisations divided by one of their values."""

    title: str
    shares: list[Share]

    @property
    def chart(self) -> Chart:
        points = [Point(str(share.title), share.count, url=share.url) for share in self.shares]
        return Chart(title=self.title, unit=_("organisations"), points=points, kind="bar")


@open_to(anyone)
def figures(request: HttpRequest) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    visible = Organisation.objects.visible_to(viewer).on(day)
    stated = stated_figures(viewer, request.GET.get("about", ""))
    abouts = links_to([figure.about for figure in stated], viewer)
    context = {
        "day": day,
        "tally": visible.tally_on(day),
        "divisions": divisions(visible, day, asked=bool(request.GET.get("on"))),
        "stated": [
            (figure, MEASURES.get(figure.measure, figure.measure), abouts.get(figure.about))
            for figure in stated
        ],
        "citations": citations_of((figure.subject for figure in stated), viewer),
        **first_step(viewer),
    }
    return render(request, "register/figures.html", context)


def stated_figures(viewer: Viewer, about: str) -> list[StatedFigure]:
    """Those about one subject, or all, the first of them."""
    figures = StatedFigure.objects.visible_to(viewer).order_by("certain_from", "key")
    if about and "\0" not in about:
        figures = figures.filter(about=about)
    return list(figures[:MOST_STATED])


def divisions(visible: QuerySet[Organisation], day: date, *, asked: bool) -> list[Division]:
    chosen: list[tuple[str, str, type[models.TextChoices]]] = [
        ("sector", _("By sector"), Sector),
        ("form", _("By legal form"), Form),
        ("level", _("By level"), Level),
    ]
    kept = {"on": day.isoformat()} if asked else {}
    names = [name for name, _title, _choices in chosen]
    combined = list(visible.order_by().values(*names).annotate(number=Count("pk")))
    found = []
    for name, title, choices in chosen:
        counted: Counter[str] = Counter()
        for row in combined:
            counted[row[name]] += row["number"]
        shares = [
            Share(choice.label, counted[choice.value], address(**{name: choice.value}, **kept))
            for choice in choices
            if choice.value in counted
        ]
        if "" in counted:
            shares.append(Share(_("Not known"), counted[""], address(**{name: UNKNOWN}, **kept)))
        found.append(Division(title, shares))
    return found


def address(**query: str) -> str:
    return f"{reverse('register:organisations')}?{urlencode(query)}"
