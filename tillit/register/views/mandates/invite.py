"""Inviting somebody: written, looked at as it will arrive, sent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.accounts.answers import onward
from tillit.kit.access import WRITING, open_to, signed_in
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.forms import form_page
from tillit.post.server import is_set
from tillit.register.actions.inviting import invite as send
from tillit.register.actions.inviting import may_be_meant, preview
from tillit.register.choices import Extent
from tillit.register.forms.invitation import InvitationForm, MeantForm
from tillit.register.models import Invitation, Organisation, Secretariat
from tillit.register.rules import may_appoint, may_invite_to, may_see_people
from tillit.register.views.mandates.shared import (
    crumbs_for,
    organisation_for,
    secretariat_of,
)

PROPOSED = ("name", "extent", "unit")  # what a link here may fill in


@open_to(signed_in, methods=WRITING)
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """First the form; then the mail as it will arrive, with the form hidden in it; then it is sent."""
    organisation, viewer = organisation_for(request, key, may_invite_to)
    now = timezone.now()
    secretariat = secretariat_of(organisation, timezone.localdate(now))
    form = InvitationForm(
        request.POST or None,
        initial={name: request.GET.get(name, "") for name in PROPOSED},
        organisation=organisation,
        extents=extents_for(viewer, organisation, secretariat),
        secretariat=secretariat,
        now=now,
    )
    if request.method == "POST" and "change" not in request.POST and form.is_valid():
        meant = MeantForm(
            request.POST if "send" in request.POST else None,
            persons=list(may_be_meant(viewer, organisation, form.cleaned_data["name"])),
        )
        if "send" in request.POST and meant.is_valid():
            return sent(request, form.invitation, meant, viewer)
        return look(request, form, meant, viewer)
    if "change" in request.POST:
        form.is_valid()
        form.errors.clear()
    return form_page(request, form, **frame(request, organisation, viewer))


def extents_for(
    viewer: Viewer, organisation: Organisation, secretariat: Secretariat | None
) -> list[str]:
    """How far the viewer may let somebody act for it."""
    return [
        extent
        for extent in Extent.values
        if may_appoint(viewer, extent, organisation)
        and (extent != Extent.SECRETARIAT or secretariat)
    ]


def frame(request: HttpRequest, organisation: Organisation, viewer: Viewer) -> dict[str, Any]:
    return {
        "title": _("Invite somebody to act for %(name)s") % {"name": organisation.name},
        "lede": _("You see the mail before it is sent."),
        "crumbs": crumbs_for(viewer, organisation),
        "submit": _("Look at the mail"),
        "cancel": back_to(request, organisation, viewer, request.GET.get("extent", "")),
    }


def back_to(request: HttpRequest, organisation: Organisation, viewer: Viewer, extent: str) -> str:
    """Where one came from, or where the invitation stands.

    Administrators don't see who acts for an organisation, but who administers and whom they have
    asked into a secretariat.
    """
    if came_from := onward(request):
        return came_from
    if may_see_people(viewer, organisation):
        return reverse("register:people", args=[organisation.key])
    if extent == Extent.SECRETARIAT:
        return reverse("register:secretariats")
    return reverse("register:administrators")


def look(
    request: HttpRequest, form: InvitationForm, meant: MeantForm, viewer: Viewer
) -> HttpResponse:
    """The mail, and whether the register knows whom it goes to. Nothing has been sent yet."""
    invitation = form.invitation
    actor = Actor.of(viewer)
    invitation.given_by, invitation.given_for = actor.person, actor.behalf
    context = {
        "form": meant,
        "hidden": [it for it in request.POST.lists() if it[0] in form.fields],
        "invitation": invitation,
        "mail": preview(invitation, form.now),
        "organisation": form.organisation,
        "crumbs": crumbs_for(viewer, form.organisation),
    }
    return render(request, "register/mandates/invite_preview.html", context)


def by_hand(invitation: Invitation) -> str:
    """Without a mail server the link is given by whoever invites. It is told this once."""
    return _(
        "Mail is not set up, so the mail to %(name)s waits. Give this link yourself, and to nobody"
        " else: %(link)s"
    ) % {"name": invitation.name, "link": invitation.link}


def sent(
    request: HttpRequest, invitation: Invitation, meant: MeantForm, viewer: Viewer
) -> HttpResponse:
    invitation.person = meant.persons.get(meant.cleaned_data["person"])
    send(invitation, Actor.of(viewer), timezone.now())
    if is_set():
        messages.success(
            request, _("The invitation to %(name)s is on its way.") % {"name": invitation.name}
        )
    else:
        messages.warning(request, by_hand(invitation))
    return redirect(back_to(request, invitation.organisation, viewer, invitation.extent))
