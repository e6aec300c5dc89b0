"""All that the guide asked, and whatever else keeps the installation running, to be changed later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.register.rules import administers
from tillit.site.checklist import left
from tillit.site.keeping import groups
from tillit.site.state import State
from tillit.site.steps import step_named
from tillit.site.views.guide import form_of, private, save, status_of


@open_to(administers)
def installation_settings(request: HttpRequest) -> HttpResponse:
    state = State.of(viewer_of(request))
    context = {"left": left(state), "groups": groups(state)}
    return render(request, "site/settings/index.html", context)


@open_to(administers, methods=WRITING)
def setting(request: HttpRequest, step: str) -> HttpResponseBase:
    """One of the guide's forms, by itself."""
    found, home = step_named(step), reverse("site:settings")
    form = form_of(request, found)
    if request.method == "POST" and form.is_valid() and save(request, found, form):
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(home)
    context = {"form": form, "step": found, "crumbs": [(_("Settings"), home)]}
    return private(render(request, "site/settings/step.html", context, status=status_of(form)))
