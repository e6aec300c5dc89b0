"""An organisation leaves an agreement: the last day, and why."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements.forms_adherence import LeaveForm
from tillit.agreements.models import Adherence
from tillit.agreements.rules import may_join
from tillit.agreements.views.adherence.joining import crumbs_to_adherents
from tillit.agreements.views.fetching import agreement_of, row_of
from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted, take_errors
from tillit.kit.refusal import Refused
from tillit.register.rules import speaks_for


@open_to(signed_in, methods=WRITING)
def leaving(request: HttpRequest, key: str, adherence: str) -> HttpResponse:
    viewer = viewer_of(request)
    agreement = agreement_of(viewer, key)
    row: Adherence = row_of(Adherence, agreement, viewer, adherence, "organisation")
    insist(viewer, may_join, agreement, row.organisation)
    if not row.goes_on:
        raise Refused(_("%(name)s has left already.") % {"name": row.organisation}, 409)
    form = LeaveForm(
        posted(request),
        initial={"end": today().isoformat()},
        for_itself=speaks_for(viewer, row.organisation),
    )
    if form.is_valid() and left(row, form, Actor.of(viewer)):
        words = {"name": row.organisation, "agreement": agreement}
        messages.success(request, _("%(name)s leaves %(agreement)s.") % words)
        return redirect("agreements:adherents", key=key)
    context: dict[str, Any] = {
        "title": _("Leave %(agreement)s") % {"agreement": agreement},
        "kicker": row.organisation.name,
        "crumbs": crumbs_to_adherents(agreement),
        "cancel": reverse("agreements:adherents", args=[key]),
    }
    return form_page(request, form, submit=_("Leave"), danger=True, **context)


def left(row: Adherence, form: LeaveForm, actor: Actor) -> bool:
    """Whether it could leave so; what hinders stands in the form."""
    try:
        row.leave(form.cleaned_data["end"], actor, form.cleaned_data["reason"])
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True
