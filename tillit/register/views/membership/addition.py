"""The office writes in who is a member already, so that an installation can begin with its members."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, signed_in
from tillit.kit.changes import Actor, create, new_key
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted, take_errors
from tillit.register.crumbs import crumbs_of
from tillit.register.finding import matching
from tillit.register.forms.membership import AdditionForm
from tillit.register.models import Membership, Organisation
from tillit.register.rules import may_add_organisation, may_decide_membership
from tillit.register.views.mandates.shared import organisation_for
from tillit.register.views.membership.apply import membership_of


@open_to(signed_in, methods=WRITING)
def addition(request: HttpRequest, key: str) -> HttpResponse:
    """First which organisation, then since when."""
    umbrella, viewer = organisation_for(request, key, may_decide_membership)
    context = {
        "umbrella": umbrella,
        "title": _("Add a member of %(name)s") % {"name": umbrella.name},
        "crumbs": [*crumbs_of(umbrella), (_("Members"), reverse("register:members", args=[key]))],
    }
    chosen = request.GET.get("som", "")
    if not chosen:
        return choose(request, viewer, context)
    visible = Organisation.objects.visible_to(viewer).exclude(pk=umbrella.pk)
    member = get_object_or_404(visible, key=chosen)
    if standing := membership_of(umbrella, member, viewer):
        context |= {"found": member, "membership": standing}
        return render(request, "register/membership/already.html", context)
    return fill_in(request, viewer, member, context)


def choose(request: HttpRequest, viewer: Viewer, context: dict[str, Any]) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\0", "").strip()[:100]
    context |= {
        "asked": asked,
        "hits": matching(asked, viewer, but=context["umbrella"]) if asked else [],
        "may_enter": may_add_organisation(viewer),
    }
    return render(request, "register/membership/add.html", context)


def fill_in(
    request: HttpRequest, viewer: Viewer, member: Organisation, context: dict[str, Any]
) -> HttpResponse:
    form = AdditionForm(posted(request))
    umbrella: Organisation = context["umbrella"]
    if form.is_valid():
        row = Membership(
            key=new_key(f"{umbrella.key}.{member.key}"[:150]),
            umbrella=umbrella,
            member=member,
            start=form.cleaned_data["start"],
            seen=today().isoformat(),
        )
        try:
            create(row, Actor.of(viewer), form.cleaned_data["reason"])
        except ValidationError as error:
            take_errors(form, error)
        else:
            words = {"member": member, "umbrella": umbrella}
            messages.success(request, _("%(member)s is a member of %(umbrella)s.") % words)
            return redirect("register:members", key=umbrella.key)
    context |= {
        "kicker": member.name,
        "submit": _("Add"),
        "cancel": request.path,
    }
    return form_page(request, form, **context)
