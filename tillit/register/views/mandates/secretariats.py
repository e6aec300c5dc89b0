"""Who keeps the secretariat of which side: anyone may know, administrators say so."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.kit.access import WRITING, anyone, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of
from tillit.kit.days import asked_day
from tillit.kit.forms import form_page, take_errors
from tillit.kit.refusal import Refused
from tillit.register.choices import Extent, Side
from tillit.register.crumbs import Crumbs
from tillit.register.forms.secretariat import EndSecretariatForm, SecretariatForm
from tillit.register.looking_after import end_secretariat, give_secretariat
from tillit.register.models import Secretariat
from tillit.register.people import giver_in_words, names_of
from tillit.register.rules import may_name_secretariats
from tillit.register.views.mandates.shared import unanswered


@open_to(anyone)
def secretariats(request: HttpRequest) -> HttpResponse:
    """On the day that is asked about, side by side; and at other times."""
    viewer, day = viewer_of(request), asked_day(request)
    rows = Secretariat.objects.visible_to(viewer).select_related("organisation", "place")
    found = list(rows.order_by("side", "place__code", "-certain_from"))
    holding = [it for it in found if it.as_read.active_on(day)]
    context = {
        "day": day,
        "sides": [(side, [it for it in holding if it.side == side]) for side in Side],
        "others": [it for it in found if not it.as_read.active_on(day)],
        "has_assumed": any(it.is_assumed_on(day) for it in holding),
        "citations": citations_of((it.subject for it in found), viewer),
        "may_name": may_name_secretariats(viewer),
        **(invited(viewer) if may_name_secretariats(viewer) else {}),
    }
    return render(request, "register/mandates/secretariats.html", context)


def invited(viewer: Viewer) -> dict[str, Any]:
    """Who has been asked into the secretariats: sent again and withdrawn by who may send it."""
    found = unanswered(viewer, extent=Extent.SECRETARIAT)
    names = names_of(it.given_by for it in found)
    told = [(it, giver_in_words(it.given_by, names)) for it in found]
    return {"invitations": told, "now": timezone.now()}


def crumbs() -> Crumbs:
    return [(_("Secretariats"), reverse("register:secretariats"))]


@open_to(may_name_secretariats, methods=WRITING)
def naming(request: HttpRequest) -> HttpResponse:
    """An organisation keeps it from today on, instead of whoever kept it."""
    viewer = viewer_of(request)
    form = SecretariatForm(request.POST or None, viewer=viewer, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            give_secretariat(
                Side(said["side"]),
                said["place"],
                said["organisation"],
                Actor.of(viewer),
                timezone.now(),
            )
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(
                request,
                _("%(name)s keeps the secretariat from today on. Invite those who work in it.")
                % {"name": said["organisation"].name},
            )
            return redirect("register:secretariats")
    return form_page(request, form, **words())


def words() -> dict[str, Any]:
    return {
        "title": _("Who keeps a secretariat"),
        "lede": _(
            "From today on. Where another organisation has kept it, that one's people lose their "
            "mandates in it, and what it looked after passes on."
        ),
        "crumbs": crumbs(),
        "submit": _("Say so"),
        "cancel": reverse("register:secretariats"),
    }


def secretariat_for(request: HttpRequest, key: str) -> Secretariat:
    rows = Secretariat.objects.visible_to(viewer_of(request)).select_related("organisation")
    found: Secretariat = get_object_or_404(rows.on(timezone.localdate()), key=key)
    return found


@open_to(may_name_secretariats, methods=WRITING)
def ending(request: HttpRequest, key: str) -> HttpResponse:
    secretariat = secretariat_for(request, key)
    form = EndSecretariatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor, reason = Actor.of(viewer_of(request)), form.cleaned_data["reason"]
        try:
            end_secretariat(secretariat, actor, timezone.now(), reason)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("It is kept by nobody now."))
            return redirect("register:secretariats")
    return form_page(
        request,
        form,
        title=_("%(name)s keeps the secretariat no more") % {"name": secretariat.organisation},
        lede=_(
            "Those who work in it lose their mandates in it, and nobody looks after the organisations "
            "of its side until another one is named. To change keeper, name the other one instead."
        ),
        crumbs=crumbs(),
        submit=_("End it"),
        cancel=reverse("register:secretariats"),
        danger=True,
    )


@open_to(may_name_secretariats, methods=("POST",))
def taking_up(request: HttpRequest, key: str) -> HttpResponse:
    """It looks after what nobody looks after: organisations that came since."""
    count = secretariat_for(request, key).take_up()
    told = ngettext(
        "It looks after %(count)s more organisation.",
        "It looks after %(count)s more organisations.",
        count,
    )
    messages.success(request, told % {"count": count})
    return redirect("register:secretariats")
