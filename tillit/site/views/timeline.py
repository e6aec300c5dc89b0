"""Everything that happened and is dated, from all contexts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.contributions import timeline_of, until
from tillit.kit.days import asked_day


@open_to(anyone)
def timeline(request: HttpRequest) -> HttpResponse:
    day = asked_day(request)
    moments = until(timeline_of("", viewer_of(request)), day)
    return render(request, "site/timeline.html", {"moments": moments, "day": day})
