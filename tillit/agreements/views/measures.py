"""The measures of an agreement, and what came of each, year by year."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements import rules
from tillit.agreements.choices import Stage
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.forms import DayForm
from tillit.agreements.models import Measure
from tillit.agreements.progress import progress_of, with_statuses
from tillit.agreements.reading import Reading, leave_unreadable, with_follow_ups
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.citations import citations_of
from tillit.kit.contributions import panels_on
from tillit.kit.days import asked_day, format_period, today
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.choices import Side

LISTING = Listing(
    gettext_lazy("Measures"),
    "atgarder",
    [
        Column(gettext_lazy("No."), lambda row: row.number),
        Column(gettext_lazy("Measure"), lambda row: row.title),
        Column(gettext_lazy("Text"), lambda row: row.text),
        Column(gettext_lazy("Version"), lambda row: row.version.label),
        Column(gettext_lazy("Period"), lambda row: format_period(row.as_read)),
        Column(gettext_lazy("Led by"), lambda row: row.public_lead or ""),
        Column(gettext_lazy("Key"), lambda row: row.key),
    ],
    "agreements/measures.html",
    by=("version__possible_from", "key"),
)


@open_to(anyone)
def measure_list(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    """Of the version that is told on the day; the files have those of all that have been adopted."""
    viewer = viewer_of(request)
    if as_ != "page":
        form = DayForm(request.GET)
        found = Reading.of(key, viewer, today())
        rows = Measure.objects.visible_to(viewer).filter(
            version__agreement=found.agreement, version__stage=Stage.ADOPTED
        )
        return LISTING.respond(request, rows.select_related("version", "lead"), form, as_)
    day = asked_day(request)
    reading = Reading.of(key, viewer, day)
    cited = [it.subject for it in reading.measures]
    context = {
        "reading": reading,
        "agreement": reading.agreement,
        "crumbs": crumbs_of(reading.agreement),
        "day": day,
        "citations": citations_of(cited, viewer),
    }
    return render(request, "agreements/measures.html", context)


@open_to(anyone)
def measure(request: HttpRequest, key: str, measure: str) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    rows = Measure.objects.visible_to(viewer).select_related(
        "version__agreement", "lead", "continues__version__agreement"
    )
    found = get_object_or_404(
        rows.filter(version__agreement__circle__in=viewer.circles),
        Q(key=f"{key}.{measure}") | Q(key=measure),
        version__agreement__key=key,
    )
    leave_unreadable(found, viewer, "lead", "continues")
    agreement = found.version.agreement
    [told] = with_statuses(with_follow_ups([found], viewer), viewer)
    efforts = found.efforts.visible_to(viewer).order_by("-orientation__year", "number")
    served = list(found.serves.visible_to(viewer).select_related("principle"))
    years: list[int] = list(dict.fromkeys(row.year for row in told.told_years))
    cited = [found, *told.told_years, *told.statuses_told]
    context = {
        "measure": found,
        "agreement": agreement,
        "crumbs": [
            *crumbs_of(agreement),
            (_("Measures"), reverse("agreements:measures", args=[agreement.key])),
        ],
        "day": day,
        "progress": progress_of(told, day),
        "served": served,
        "efforts": list(efforts.select_related("orientation__agreement")),
        "panels": panels_on(found.subject, viewer, day),
        "this_year": today().year,
        "own_side": rules.side_edited_by(viewer, agreement),
        "may_tell": found.version.stage == Stage.ADOPTED and rules.may_draft(viewer, agreement),
        "years": [(year, by_side(told, year)) for year in years],
        "citations": citations_of((row.subject for row in cited), viewer),
    }
    return render(request, "agreements/measure.html", context)


def by_side(measure: Measure, year: int) -> list[tuple[Side, object]]:
    """What each side told of the year; None where it told nothing."""
    rows = {row.side: row for row in measure.told_years if row.year == year}
    return [(side, rows.get(side.value)) for side in Side]
