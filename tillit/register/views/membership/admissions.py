"""Whether an umbrella takes new members, and on what terms."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, change, create
from tillit.kit.forms import form_page
from tillit.register.forms.membership import AdmissionsForm
from tillit.register.models import Admissions
from tillit.register.views.membership.applications import crumbs_to_members, umbrella_of


@open_to(signed_in, methods=WRITING)
def admissions(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    umbrella = umbrella_of(viewer, key)
    row = Admissions.objects.visible_to(viewer).filter(umbrella=umbrella).first()
    names = ("is_open", "welcome", "terms")
    initial = {name: getattr(row, name) for name in names} if row else {}
    form = AdmissionsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if row:
            change(row, form.cleaned_data, Actor.of(viewer))
        else:
            create(Admissions(umbrella=umbrella, **form.cleaned_data), Actor.of(viewer))
        messages.success(request, _("Saved."))
        return redirect("register:members", key=key)
    context = {
        "title": _("Applications for membership"),
        "crumbs": crumbs_to_members(umbrella),
        "cancel": reverse("register:members", args=[key]),
    }
    return form_page(request, form, submit=_("Save"), **context)
