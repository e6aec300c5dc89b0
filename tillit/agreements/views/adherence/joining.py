"""An organisation joins an agreement: said by itself, or entered by a party of what came on paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements.adherents import Adherents
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.forms_adherence import JoinForm
from tillit.agreements.models import Adherence, Agreement
from tillit.agreements.rules import is_party, may_draft, may_join, side_edited_by
from tillit.agreements.views.adherence.adherents import own_organisation
from tillit.agreements.views.fetching import agreement_of
from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, create, new_key
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted, take_errors
from tillit.kit.refusal import Refused
from tillit.register.crumbs import Crumbs
from tillit.register.finding import matching
from tillit.register.models import Organisation


@open_to(signed_in, methods=WRITING)
def joining(request: HttpRequest, key: str) -> HttpResponse:
    """First which organisation, for those who may choose; then since when."""
    viewer = viewer_of(request)
    agreement = agreement_of(viewer, key)
    own = own_organisation(viewer)
    context: dict[str, Any] = {
        "agreement": agreement,
        "title": _("Join %(agreement)s") % {"agreement": agreement},
        "crumbs": crumbs_to_adherents(agreement),
        "cancel": reverse("agreements:adherents", args=[key]),
    }
    chosen = request.GET.get("som", "")
    if not chosen and may_draft(viewer, agreement):
        return choose(request, viewer, context, own)
    if not chosen and own:
        return fill_in(request, viewer, own, context)
    if not chosen:
        insist(viewer, may_draft, agreement)
    found = get_object_or_404(Organisation.objects.visible_to(viewer), key=chosen)
    insist(viewer, may_join, agreement, found)
    return fill_in(request, viewer, found, context)


def crumbs_to_adherents(agreement: Agreement) -> Crumbs:
    url = reverse("agreements:adherents", args=[agreement.key])
    return [*crumbs_of(agreement), (_("Have joined"), url)]


def choose(
    request: HttpRequest, viewer: Viewer, context: dict[str, Any], own: Organisation | None
) -> HttpResponse:
    """Which organisation of the side that the viewer writes for."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:100]
    side = side_edited_by(viewer, context["agreement"])
    hits = matching(asked, viewer, sector=side) if asked else []
    context |= {"asked": asked, "hits": hits, "own": own}
    return render(request, "agreements/joining.html", context)


def fill_in(
    request: HttpRequest, viewer: Viewer, found: Any, context: dict[str, Any]
) -> HttpResponse:
    agreement: Agreement = context["agreement"]
    if is_party(found, agreement, today()):
        words = {"name": found, "agreement": agreement}
        raise Refused(
            _("%(name)s is party to %(agreement)s, and has no need to join.") % words, 409
        )
    form = JoinForm(posted(request), initial={"start": today().isoformat()})
    if form.is_valid() and joined(agreement, found, form, Actor.of(viewer)):
        words = {"name": found, "agreement": agreement}
        messages.success(request, _("%(name)s has joined %(agreement)s.") % words)
        return redirect("agreements:adherents", key=agreement.key)
    standing = Adherents(agreement, viewer, today()).of(found)
    lede = _("%(name)s has joined already: see the list.") % {"name": found} if standing else ""
    context |= {"kicker": found.name, "lede": lede, "submit": _("Join")}
    return form_page(request, form, **context)


def joined(agreement: Agreement, found: Organisation, form: JoinForm, actor: Actor) -> bool:
    """Whether it could join; what hinders stands in the form."""
    row = Adherence(
        key=new_key(agreement.key),
        agreement=agreement,
        organisation=found,
        start=form.cleaned_data["start"],
    )
    try:
        create(row, actor, form.cleaned_data["reason"])
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True
