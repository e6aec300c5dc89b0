"""The accessibility statement by the law on digital public service, and its report function."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.accounts import limits
from tillit.accounts.views.pages import told
from tillit.kit.access import WRITING, anyone, open_to
from tillit.kit.contributions import brand, responsible
from tillit.kit.forms import form_page, posted
from tillit.privacy import reporting
from tillit.privacy.forms import ReportForm
from tillit.privacy.statement import STATEMENT


@open_to(anyone)
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {
        "statement": STATEMENT,
        "responsible": responsible(),
        "service": brand().title or request.get_host(),
        "page": page_before(request),
    }
    return render(request, "privacy/accessibility.html", context)


@open_to(anyone, methods=WRITING)
def report_form(request: HttpRequest) -> HttpResponse:
    form = ReportForm(posted(request), initial={"where": page_before(request)})
    if request.method == "POST" and form.is_valid():
        try:
            limits.take(request, "report")
        except limits.Limited as limited:
            form.add_error(None, told(limited))
        else:
            reporting.report(**form.cleaned_data, now=timezone.now())
            return HttpResponseRedirect(reverse("privacy:report-sent"))
    return form_page(
        request,
        form,
        title=_("Report something that doesn't work"),
        lede=_("For you who can't see, hear, reach or understand something here."),
        submit=_("Send the report"),
        cancel=reverse("privacy:accessibility"),
        crumbs=[(_("Accessibility"), reverse("privacy:accessibility"))],
    )


@open_to(anyone)
def report_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/report_sent.html")


def page_before(request: HttpRequest) -> str:
    """The page of ours that one comes from: as it says itself (`?sida=`), or as the browser does."""
    asked = request.GET.get("sida", "")
    if asked:
        return asked[:400] if asked.startswith("/") and "\0" not in asked else ""
    try:
        came = urlsplit(request.headers.get("Referer", ""))
    except ValueError:  # what no browser sends
        return ""
    ours = came.netloc == request.get_host()
    here = came.path.startswith(reverse("privacy:accessibility"))
    return came.path[:400] if ours and not here else ""
