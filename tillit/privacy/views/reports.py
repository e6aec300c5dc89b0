"""The reports on accessibility, for administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.contributions import links_to
from tillit.kit.forms import form_page, posted
from tillit.privacy import reporting
from tillit.privacy.forms import DeedForm
from tillit.privacy.models import Report
from tillit.privacy.rules import administers

FINISHED = 50


@open_to(administers)
def reports(request: HttpRequest) -> HttpResponse:
    visible = Report.objects.visible_to(viewer_of(request)).prefetch_related("deeds")
    waiting = list(visible.unfinished().order_by("sent_at"))
    finished = visible.exclude(pk__in=[it.pk for it in waiting]).order_by("-sent_at")[:FINISHED]
    return render(request, "privacy/reports.html", {"waiting": waiting, "finished": finished})


@open_to(administers, methods=WRITING)
def report(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    row = get_object_or_404(Report.objects.visible_to(viewer), key=key)
    form = DeedForm(posted(request), report=row)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        reporting.do(row, said["kind"], said["text"], Actor.of(viewer), timezone.now())
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(row.get_absolute_url())
    deeds = list(row.deeds.all())
    return form_page(
        request,
        form,
        "privacy/report.html",
        row=row,
        deeds=deeds,
        by=links_to([it.by for it in deeds], viewer),
        title=_("Report on accessibility"),
        submit=_("Save"),
        crumbs=[(_("Reports on accessibility"), reverse("privacy:reports"))],
    )
