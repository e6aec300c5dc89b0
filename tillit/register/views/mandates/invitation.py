"""The page of an invitation, for whoever has its link; and the answer."""

import hmac
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.accounts import codes, mails
from tillit.accounts.actions import sign_in
from tillit.accounts.codes import Use
from tillit.accounts.forms import CodeForm
from tillit.accounts.limits import Limited
from tillit.accounts.models import User
from tillit.accounts.owners import found_by, made_for
from tillit.accounts.views.pages import told
from tillit.accounts.views.sign_in import wrong_words
from tillit.kit.access import CHOSEN, WRITING, anyone, open_to, signed_in, viewer_of
from tillit.post.server import is_set
from tillit.register.actions.answering import Accepted, Closed, NotOpen, accept, closed, decline
from tillit.register.actions.inviting import hash_of
from tillit.register.forms.invitation import DeclineForm
from tillit.register.models import Invitation
from tillit.register.people import giver_of
from tillit.register.views.mandates.shared import user_of

NOBODY_YET = 0  # an account that is made when the code has been written
AS_PRESENT, ALONE = "present", "alone"


def invitation_by(key: str, token: str) -> Invitation:
    """The one with the link. Raises Http404 for a link that is not whole, or was replaced."""
    rows = Invitation.objects.select_related("organisation__secretariat", "unit", "secretariat")
    found: Invitation | None = rows.filter(key=key).first()
    if found is None or not hmac.compare_digest(found.token_hash, hash_of(token)):
        raise Http404
    return found


def no_such(request: HttpRequest) -> HttpResponse:
    """The page for a link that leads nowhere."""
    response = render(request, "register/mandates/no_invitation.html", status=HTTPStatus.NOT_FOUND)
    return unkept(response)


def unkept(response: HttpResponse) -> HttpResponse:
    """Kept by no browser, and its address told to no other site.

    Not "no-referrer": with that, browsers hide from us too where the answer came from, and it is
    refused as if another site had sent it.
    """
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"
    return response


@open_to(anyone)
def invitation(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Who invites, to what, and what it means. Looking at it changes nothing."""
    try:
        found = invitation_by(key, token)
    except Http404:
        return no_such(request)
    if why := closed(found, timezone.now()):
        return shut(request, found, why)
    return shown(request, found, token)


def shown(request: HttpRequest, found: Invitation, token: str, **more: Any) -> HttpResponse:
    user = user_of(request)
    context = {
        "invitation": found,
        "organisation": found.organisation,
        "inviter": giver_of(found),
        "yes": answer_url("invitation-acceptance", found, token),
        "no": answer_url("invitation-refusal", found, token),
        "reads_it": user is not None and reads(user, found),
        "signed_in_as": user,
        "by_hand": user is None and is_by_hand(found),
        "form": DeclineForm(),
        "next": request.path,
        **more,
    }
    return unkept(render(request, "register/mandates/invitation.html", context))


def answer_url(name: str, found: Invitation, token: str) -> str:
    """Where the answer goes: without a token to the page of whoever has signed in."""
    if token:
        return reverse(f"register:{name}", args=[found.key, token])
    return reverse("register:own-invitation", args=[found.key])


def shut(request: HttpRequest, found: Invitation, why: Closed) -> HttpResponse:
    """Why it can't be answered, and what to do instead."""
    viewer = viewer_of(request)
    own = found.accepted_by is not None and viewer.identity.person == found.accepted_by.subject
    context = {
        "invitation": found,
        "organisation": found.organisation,
        "inviter": giver_of(found),
        "why": why.value,
        "own": own,
    }
    status = HTTPStatus.OK if own else HTTPStatus.GONE
    return unkept(
        render(request, "register/mandates/invitation_closed.html", context, status=status)
    )


def reads(user: User, found: Invitation) -> bool:
    """Whether the account has shown before that it reads the address."""
    return found_by(found.email) == user


@open_to(signed_in, methods=WRITING)
def own_invitation(request: HttpRequest, key: str) -> HttpResponse:
    """The same for who has signed in and reads the address: the desk has no link with a token."""
    user = user_of(request)
    rows = Invitation.objects.select_related("organisation__secretariat", "unit", "secretariat")
    found: Invitation = get_object_or_404(rows, key=key)
    if user is None or not reads(user, found):
        raise Http404
    if why := closed(found, timezone.now()):
        return shut(request, found, why)
    if "yes" in request.POST:
        return accepted(request, found, user)
    if "no" in request.POST:
        return declined(request, found, "")
    return shown(request, found, "")


@open_to(anyone, methods=("POST",))
def acceptance(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """A yes. Whoever has not shown to read the address gets a code there first."""
    try:
        found = invitation_by(key, token)
    except Http404:
        return no_such(request)
    if why := closed(found, timezone.now()):
        return shut(request, found, why)
    user = user_of(request)
    if user and "sign_out" in request.POST:
        logout(request)
        return redirect("register:invitation", key=key, token=token)
    if user and reads(user, found):
        return accepted(request, found, user)
    if user is None and is_by_hand(found):
        return accepted(request, found, None, by_hand=True)
    return send_code(request, found, token)


def is_by_hand(found: Invitation) -> bool:
    """Whether the link itself must do, since no mail server is set that could send a code.

    Whoever invited has given it by hand. It never leads into an account that is there already.
    """
    if found.is_function or is_set():
        return False
    return not (found_by(found.email) or made_for(found.email))


def send_code(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    how = AS_PRESENT if user_of(request) else ALONE
    try:
        figures = codes.ask(request, Use.INVITATION, found.email, NOBODY_YET, f"{found.key}:{how}")
    except Limited as limited:
        return shown(request, found, token, limited=told(limited))
    mails.code(found.email, figures)
    return redirect("register:invitation-code", key=found.key, token=token)


@open_to(anyone, methods=WRITING)
def code(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Where the code is written; when it is right, the answer counts."""
    try:
        found = invitation_by(key, token)
    except Http404:
        return no_such(request)
    if why := closed(found, timezone.now()):
        return shut(request, found, why)
    asked = asked_for(request, found)
    if asked is None or "again" in request.POST:
        return send_code(request, found, token) if asked else begin_again(request, key, token)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid():
        try:
            codes.check(request, Use.INVITATION, form.cleaned_data["code"])
        except codes.Wrong as wrong:
            form.add_error("code", wrong_words(wrong.left))
        else:
            return accepted(request, found, user_of(request))
    context = {
        "form": form,
        "invitation": found,
        "token": token,
        "spent": codes.is_spent(request, asked),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return unkept(render(request, "register/mandates/invitation_code.html", context, status=status))


def asked_for(request: HttpRequest, found: Invitation) -> codes.Asked | None:
    """The code that was sent for this invitation to whoever this still is."""
    how = AS_PRESENT if user_of(request) else ALONE
    try:
        asked = codes.asked(request, Use.INVITATION)
    except codes.Gone:
        return None
    return asked if asked.onward == f"{found.key}:{how}" else None


def begin_again(request: HttpRequest, key: str, token: str) -> HttpResponse:
    messages.info(request, _("That took too long. Answer once more, and you get a new code."))
    return redirect("register:invitation", key=key, token=token)


def accepted(
    request: HttpRequest, found: Invitation, user: User | None, *, by_hand: bool = False
) -> HttpResponse:
    """Signed in, with the new mandate chosen, on the page that says what one can do first."""
    try:
        outcome = accept(found, user, timezone.now(), by_hand=by_hand)
    except NotOpen as not_open:
        return shut(request, found, not_open.why)
    onward = reverse("register:welcome", args=[outcome.mandate.key])
    way = "link" if by_hand else "code"
    response = redirect(onward) if user else let_in(request, found, outcome, way, onward)
    request.session[CHOSEN] = outcome.mandate.key
    return response


def let_in(
    request: HttpRequest, found: Invitation, outcome: Accepted, way: str, onward: str
) -> HttpResponse:
    through = found.email if found.is_function else ""
    return sign_in(request, outcome.account, way, address=through, onward=onward)


@open_to(anyone, methods=("POST",))
def refusal(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """A no, with or without a reason."""
    try:
        found = invitation_by(key, token)
    except Http404:
        return no_such(request)
    return declined(request, found, token)


def declined(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return shown(request, found, token, form=form)
    try:
        decline(found, timezone.now(), form.cleaned_data["reason"])
    except NotOpen as not_open:
        return shut(request, found, not_open.why)
    return unkept(render(request, "register/mandates/declined.html", {"invitation": found}))
