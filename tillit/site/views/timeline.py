"""Everything that happened and is dated, from all contexts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.contributions import timeline_of, until
from tillit.kit.days import asked_day
from tillit.register.emptiness import first_step


@open_to(anyone)
def timeline(request: HttpRequest) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    moments = until(timeline_of("", viewer), day)
    context = {"moments": moments, "day": day, **first_step(viewer)}
    return render(request, "site/timeline.html", context)
