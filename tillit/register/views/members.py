"""The members of an umbrella: who on a day, how many over the years."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.charts import Chart, Point
from tillit.kit.contributions import confirmed_in
from tillit.kit.days import DayField, format_period, today
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.crumbs import crumbs_of
from tillit.register.dossier import count_of
from tillit.register.members import MembersOn, Year
from tillit.register.models import Application, Organisation
from tillit.register.rules import may_decide_membership


def last_whole_year(day: date) -> int:
    """The last year that has had its last day."""
    return (day + timedelta(days=1)).year - 1


class MembersForm(forms.Form):
    on = DayField(
        label=gettext_lazy("Day"),
        help_text=gettext_lazy("Year-month-day. Today if left empty."),
        required=False,
    )


@open_to(anyone)
def members(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    rows = Organisation.objects.visible_to(viewer).select_related("secretariat", "admissions")
    waiting = Application.objects.visible_to(viewer).to_decide()
    umbrella = get_object_or_404(rows.annotate(waiting=count_of(waiting, "umbrella")), key=key)
    form = MembersForm(request.GET)
    asked = form.cleaned_data["on"] if form.is_valid() else None
    found = MembersOn(umbrella, viewer, asked or today())
    rows = found.memberships.select_related("member", "umbrella").prefetch_related("member__names")
    years = [] if as_ != "page" else list(found.by_year(last_whole_year(today())))
    may_decide = may_decide_membership(viewer, umbrella)
    context = {
        "umbrella": umbrella,
        "admissions": getattr(umbrella, "admissions", None),
        "may_decide": may_decide,
        **(way_in(umbrella) if may_decide else {}),
        "waiting": umbrella.waiting,
        "name": found.name,
        "crumbs": crumbs_of(umbrella),
        "members": found,
        "day": found.day,
        "years": telling(years),
        "chart": chart_of(years),
        "cited": [figure.subject for figure in found.all_stated],
    }
    return listing_for(found, by_office=may_decide).respond(request, rows, form, as_, **context)


def way_in(umbrella: Organisation) -> dict[str, str]:
    """What the office does about an empty list."""
    return {
        "empty_url": reverse("register:membership-addition", args=[umbrella.key]),
        "empty_action": _("Add a member"),
    }


def listing_for(found: MembersOn, *, by_office: bool) -> Listing:
    day = found.day

    def standing(row: Any) -> str:
        return _("assumed") if row.is_assumed_on(day) else _("known")

    columns = [
        Column(
            gettext_lazy("Member"),
            lambda row: row.member.name_on(day),
            link=lambda row: row.member.get_absolute_url(),
        ),
        Column(gettext_lazy("Period"), lambda row: format_period(row.as_read)),
        Column(gettext_lazy("On the day"), standing, template="register/cells/standing.html"),
    ]
    if by_office:
        columns += office_columns(found)
    return Listing(
        gettext_lazy("Members"),
        f"medlemmar-{found.umbrella.key}",
        columns,
        "register/members.html",
        by=("member__sort_key", "key"),
        size=100,
    )


def office_columns(found: MembersOn) -> list[Column]:
    """What the umbrella's own office sees besides: when a member confirmed what is told of it."""
    confirmed = confirmed_in(found.umbrella.subject, found.viewer, found.day)

    def page(row: Any) -> str:
        return reverse("register:membership", args=[found.umbrella.key, row.member.key])

    return [
        Column(gettext_lazy("Details confirmed"), lambda row: confirmed.get(row.member.subject)),
        Column(gettext_lazy("Membership"), lambda row: _("Decisions and end"), link=page),
    ]


def telling(years: list[Year]) -> list[Year]:
    """The years of which a source tells something, and the last one; what lies between is assumed."""
    return [year for year in years if year.tells_something or year is years[-1]]


def chart_of(years: list[Year]) -> Chart | None:
    if len(years) < 2:
        return None
    points = [Point(str(year.year), year.members, is_assumed=bool(year.assumed)) for year in years]
    return Chart(title=_("Members on the last day of each year"), unit=_("members"), points=points)
