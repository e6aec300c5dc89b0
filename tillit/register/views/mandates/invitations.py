"""Invitations that nobody has answered: sent again, or withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.forms import form_page
from tillit.post.server import is_set
from tillit.register.actions import inviting
from tillit.register.forms.invitation import WithdrawForm
from tillit.register.models import Invitation
from tillit.register.rules import may_answer_for
from tillit.register.views.mandates.invite import back_to, by_hand
from tillit.register.views.mandates.shared import crumbs_for


def invitation_for(request: HttpRequest, key: str) -> tuple[Invitation, Viewer]:
    viewer = viewer_of(request)
    rows = Invitation.objects.visible_to(viewer)
    related = rows.select_related("organisation__secretariat", "unit", "secretariat")
    invitation = get_object_or_404(related, key=key)
    insist(viewer, may_answer_for, invitation)
    return invitation, viewer


@open_to(signed_in, methods=("POST",))
def send_again(request: HttpRequest, key: str) -> HttpResponse:
    invitation, viewer = invitation_for(request, key)
    inviting.send_again(invitation, Actor.of(viewer), timezone.now())
    if is_set():
        messages.success(
            request,
            _("The invitation to %(name)s has been sent again. The earlier link no longer works.")
            % {"name": invitation.name},
        )
    else:
        messages.warning(request, by_hand(invitation))
    return redirect(back_to(request, invitation.organisation, viewer, invitation.extent))


@open_to(signed_in, methods=WRITING)
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    invitation, viewer = invitation_for(request, key)
    back = back_to(request, invitation.organisation, viewer, invitation.extent)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        inviting.withdraw(invitation, Actor.of(viewer), timezone.now(), reason)
        messages.success(request, _("The invitation has been withdrawn. Its link opens nothing."))
        return redirect(back)
    return form_page(
        request,
        form,
        title=_("Withdraw the invitation to %(name)s") % {"name": invitation.name},
        lede=_("The link in the mail will say that it has been withdrawn."),
        crumbs=crumbs_for(viewer, invitation.organisation),
        submit=_("Withdraw"),
        cancel=back,
        danger=True,
    )
