"""The office of an umbrella: the applications, each with what can be done about it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.exports import Column
from tillit.kit.forms import form_page, posted, take_errors
from tillit.kit.listing import Listing
from tillit.register.crumbs import Crumbs, crumbs_of
from tillit.register.deciding import Decided, admit, ask_more, decline
from tillit.register.forms.membership import ApplicationsForm, DecisionForm, SupplementForm
from tillit.register.identifiers import check_orgnr
from tillit.register.models import Application, Organisation
from tillit.register.models.membership_decision import DecisionKind
from tillit.register.rules import may_decide_membership, may_lead


def umbrella_of(viewer: Viewer, key: str) -> Organisation:
    """The umbrella whose office the viewer works in. Raises Http404 and PermissionDenied."""
    rows = Organisation.objects.visible_to(viewer).select_related("secretariat")
    umbrella: Organisation = get_object_or_404(rows, key=key)
    if not may_decide_membership(viewer, umbrella):
        raise PermissionDenied
    return umbrella


def crumbs_to_members(umbrella: Organisation) -> Crumbs:
    return [
        *crumbs_of(umbrella),
        (_("Members"), reverse("register:members", args=[umbrella.key])),
    ]


@open_to(signed_in)
def application_list(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    umbrella = umbrella_of(viewer, key)
    form = ApplicationsForm(request.GET)
    rows = Application.objects.visible_to(viewer).filter(umbrella=umbrella).received()
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    context = {"umbrella": umbrella, "crumbs": crumbs_to_members(umbrella)}
    shown = rows.select_related("umbrella", "place")
    return listing_for(umbrella).respond(request, shown, form, as_, **context)


def listing_for(umbrella: Organisation) -> Listing:
    columns = [
        Column(
            gettext_lazy("Organisation"),
            lambda row: row.name,
            link=lambda row: row.get_absolute_url(),
        ),
        Column(
            gettext_lazy("State"),
            lambda row: str(row.get_state_display()),
            template="register/cells/application_state.html",
        ),
        Column(gettext_lazy("Applied"), lambda row: timezone.localdate(row.applied_at)),
        Column(gettext_lazy("Place"), lambda row: row.place.name if row.place else ""),
        Column(gettext_lazy("Contact person"), lambda row: row.contact_name),
    ]
    more = [
        Column(gettext_lazy("E-mail"), lambda row: row.contact_email),
        Column(gettext_lazy("Phone"), lambda row: row.contact_phone),
        Column(gettext_lazy("Organisation number"), lambda row: row.number),
        Column(
            gettext_lazy("Settled"),
            lambda row: timezone.localdate(row.settled_at) if row.settled_at else "",
        ),
    ]
    return Listing(
        gettext_lazy("Applications"),
        f"ansokningar-{umbrella.key}",
        columns,
        "register/membership/applications.html",
        by=("applied_at", "key"),
        more_in_files=more,
    )


def application_of(viewer: Viewer, umbrella: Organisation, key: str) -> Application:
    rows = Application.objects.visible_to(viewer).received().filter(umbrella=umbrella)
    found: Application = get_object_or_404(
        rows.select_related("umbrella__secretariat", "place", "member__secretariat"), key=key
    )
    return found


@open_to(signed_in)
def application(request: HttpRequest, key: str, application: str) -> HttpResponse:
    viewer = viewer_of(request)
    umbrella = umbrella_of(viewer, key)
    it = application_of(viewer, umbrella, application)
    context = {
        "application": it,
        "umbrella": umbrella,
        "crumbs": crumbs_to(umbrella),
        "verdict": check_orgnr(it.number) if it.number else None,
        "supplements": it.supplements.all(),
        "decisions": it.decisions.visible_to(viewer).select_related("taken_back_by"),
        "others": others(it, viewer),
        "may_invite": bool(it.member and it.contact_email and may_lead(viewer, it.member)),
    }
    return render(request, "register/membership/application.html", context)


def others(it: Application, viewer: Viewer) -> list[Application]:
    """What else was applied for by an organisation of that name."""
    rows = Application.objects.visible_to(viewer).received().filter(umbrella=it.umbrella)
    return list(rows.filter(sort_key=it.sort_key).exclude(pk=it.pk)[:10])


def crumbs_to(umbrella: Organisation) -> Crumbs:
    """To one application."""
    listed = reverse("register:applications", args=[umbrella.key])
    return [*crumbs_to_members(umbrella), (_("Applications"), listed)]


def form_context(umbrella: Organisation, it: Application, title: str) -> dict[str, Any]:
    return {
        "application": it,
        "umbrella": umbrella,
        "title": title,
        "crumbs": [*crumbs_to(umbrella), (it.name, it.get_absolute_url())],
        "cancel": it.get_absolute_url(),
    }


@open_to(signed_in, methods=WRITING)
def supplement(request: HttpRequest, key: str, application: str) -> HttpResponse:
    """Ask the applicant for more."""
    viewer = viewer_of(request)
    umbrella = umbrella_of(viewer, key)
    it = application_of(viewer, umbrella, application)
    form = SupplementForm(posted(request))
    if form.is_valid():
        ask_more(it, form.cleaned_data["question"], Actor.of(viewer), timezone.now())
        messages.success(request, _("The question has been sent by mail."))
        return redirect(it)
    context = form_context(umbrella, it, _("Ask the applicant for more"))
    return form_page(request, form, submit=_("Send the question"), **context)


@open_to(signed_in, methods=WRITING)
def decision(request: HttpRequest, key: str, application: str) -> HttpResponse:
    """Admit or decline."""
    viewer = viewer_of(request)
    umbrella = umbrella_of(viewer, key)
    it = application_of(viewer, umbrella, application)
    day = today()
    initial = {"today": day, "decided_on": day, "day": day, "add_contact": it.member is None}
    form = DecisionForm(posted(request), initial=initial)
    if form.is_valid() and decided(it, form, Actor.of(viewer)):
        messages.success(request, _("The decision has been noted, and the applicant told by mail."))
        return redirect(it)
    context = form_context(
        umbrella, it, _("Decide on the application of %(name)s") % {"name": it.name}
    )
    return form_page(request, form, submit=_("Decide"), **context)


def decided(it: Application, form: DecisionForm, actor: Actor) -> bool:
    """Whether it could be decided so; what hinders stands in the form."""
    said, now = form.cleaned_data, timezone.now()
    by = decided_by(said)
    try:
        if said["outcome"] == DecisionKind.ADMITTED:
            admit(it, said["day"], by, actor, now, add_contact=said["add_contact"])
        else:
            decline(it, by, actor, now)
    except ValidationError as error:
        take_errors(form, error)
        return False
    return True


def decided_by(said: dict[str, Any]) -> Decided:
    return Decided(said["decided_on"], said["decided_by"], said["reason"], said["reference"])
