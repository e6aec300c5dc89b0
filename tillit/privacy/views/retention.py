"""For how long personal data is kept, and when what was old enough was last erased."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.privacy import retaining, tasks
from tillit.privacy.rules import administers


@open_to(anyone)
def retention(request: HttpRequest) -> HttpResponse:
    context = {"all": retaining.all_kept(), "may_run": administers(viewer_of(request))}
    return render(request, "privacy/retention.html", context)


@open_to(administers, methods=("POST",))
def retention_run(request: HttpRequest) -> HttpResponse:
    """Have it done now, and not tonight."""
    tasks.erase_old.enqueue()
    messages.success(request, _("It is being done. Load the page again in a while."))
    return HttpResponseRedirect(reverse("privacy:retention"))
