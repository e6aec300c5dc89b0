"""Whether an umbrella takes new members, and on what terms."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, change, create
from tillit.kit.forms import form_page, posted
from tillit.kit.locks import one_at_a_time
from tillit.register.forms.membership import AdmissionsForm
from tillit.register.models import Admissions
from tillit.register.views.membership.applications import crumbs_to_members, umbrella_of

NAMES = ("is_open", "welcome", "terms")


def save(row: Admissions, said: dict[str, Any], actor: Actor) -> None:
    if row.pk:
        change(row, said, actor)
        return
    for name, value in said.items():
        setattr(row, name, value)
    create(row, actor)


@open_to(signed_in, methods=WRITING)
def admissions(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    umbrella = umbrella_of(viewer, key)
    with transaction.atomic():
        one_at_a_time(f"register.admissions.{umbrella.pk}")
        row = Admissions.objects.visible_to(viewer).filter(umbrella=umbrella).first()
        row = row or Admissions(umbrella=umbrella)
        form = AdmissionsForm(posted(request), standing={it: getattr(row, it) for it in NAMES})
        if form.is_valid():
            save(row, form.cleaned_data, Actor.of(viewer))
            messages.success(request, _("Saved."))
            return redirect("register:members", key=key)
    context: dict[str, Any] = {
        "title": _("Who can apply, and on what terms"),
        "crumbs": crumbs_to_members(umbrella),
        "cancel": reverse("register:members", args=[key]),
    }
    return form_page(request, form, submit=_("Save"), **context)
