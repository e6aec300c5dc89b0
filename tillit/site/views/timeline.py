"""Everything that happened and is dated, from all contexts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.contributions import links_to, timeline_of, until
from tillit.kit.days import asked_day
from tillit.register.emptiness import first_step


@open_to(anyone)
def timeline(request: HttpRequest) -> HttpResponse:
    """Of everything, or of the one subject that `om` names."""
    viewer, day = viewer_of(request), asked_day(request)
    of = request.GET.get("om", "")
    subject = links_to([of], viewer).get(of) if of else None
    if of and subject is None:
        raise Http404
    moments = until(timeline_of(of, viewer), day)
    crumbs = [(subject.title, subject.url)] if subject else []
    context = {
        "moments": moments,
        "day": day,
        "subject": subject,
        "crumbs": crumbs,
        **first_step(viewer),
    }
    return render(request, "site/timeline.html", context)
