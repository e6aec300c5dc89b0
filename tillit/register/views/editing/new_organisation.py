"""A secretariat enters an organisation of its side."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import take_errors
from tillit.kit.locks import one_at_a_time
from tillit.register import rules
from tillit.register.forms.new_organisation import NewOrganisationForm
from tillit.register.forms.place_field import PlaceField
from tillit.register.founding import Founding, found, similar
from tillit.register.identifiers import check_orgnr
from tillit.register.models import Organisation, Secretariat
from tillit.register.views.editing.writing import undo_link

COLUMNS = ("name", "form", "web", "start", "protected")


@open_to(rules.may_add_organisation, methods=WRITING)
def new_organisation(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    secretariat = rules.secretariat_of(viewer)
    if secretariat is None or not rules.may_add_to(viewer, secretariat):
        raise PermissionDenied
    form = NewOrganisationForm(
        request.POST if request.method == "POST" else None,
        initial={"name": request.GET.get("namn", "")[:200]},
    )
    alike: list[Organisation] = []
    if request.method == "POST":
        with transaction.atomic():
            one_at_a_time("register.organisation.key")  # so that two who enter the same one meet
            alike = meet(form, secretariat, viewer)
            answer = None if form.errors else enter(request, form, secretariat)
        if answer:
            return answer
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {
        "title": _("New organisation"),
        "kicker": secretariat.get_side_display(),
        "lede": _("Its own people can go on from here as soon as you have invited them."),
        "form": form,
        "submit": _("Add the organisation"),
        "cancel": reverse("register:organisations"),
        "crumbs": [(_("Organisations"), reverse("register:organisations"))],
        "similar": alike,
    }
    return render(request, "register/editing/new_organisation.html", context, status=status)


def meet(form: NewOrganisationForm, secretariat: Secretariat, viewer: Viewer) -> list[Organisation]:
    """Those that may be the same, unless the person has said that it is another."""
    if not form.is_valid() or form.cleaned_data.get("another"):
        return []
    said = form.cleaned_data
    alike = similar(said["name"], said["number"], secretariat.side, viewer)
    if alike:
        form.ask_whether_another(alike)
    return alike


def enter(
    request: HttpRequest, form: NewOrganisationForm, secretariat: Secretariat
) -> HttpResponse | None:
    said: dict[str, Any] = form.cleaned_data
    it = Organisation(
        sector=secretariat.side,
        secretariat=secretariat,
        **{name: said[name] for name in COLUMNS},
    )
    asked = Founding(it, said["number"], PlaceField.row(said["seat"]))
    try:
        noted = found(asked, Actor.of(viewer_of(request)), today())
    except ValidationError as error:
        take_errors(form, error)
        return None
    told = _("%(name)s stands in the register.") % {"name": it}
    messages.success(request, format_html("{} {}", told, undo_link(it, noted) if noted else ""))
    verdict = check_orgnr(said["number"]) if said["number"] else None
    if verdict and not verdict.holds:
        messages.warning(request, str(verdict.reason))
    return redirect("register:edit", key=it.key)
