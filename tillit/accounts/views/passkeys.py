"""Passkeys: what a browser is asked for, signing in with one, adding and removing."""

from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy

from tillit.accounts import factors, mails
from tillit.accounts.answers import go_on, onward
from tillit.accounts.forms import AddressForm
from tillit.accounts.fresh import freshly
from tillit.accounts.passkeys import NewPasskey, SignInByPasskey
from tillit.accounts.steps import pending
from tillit.accounts.views.factors import LAST_ONE
from tillit.accounts.views.pages import page, saying
from tillit.accounts.views.settings import back
from tillit.accounts.views.sign_in import sign_in_page
from tillit.accounts.who import user_of
from tillit.kit.access import WRITING, anyone, open_to, signed_in
from tillit.kit.refusal import Refused

ADDED = gettext_lazy("The passkey “%(name)s” was added.")
REMOVED = gettext_lazy("The passkey “%(name)s” was removed.")


@open_to(anyone, methods=("POST",))
def ask(request: HttpRequest) -> HttpResponse:
    """What a browser needs to use a passkey: anybody's, or the one's who is known already."""
    stage = pending(request)
    user = request.user if request.user.is_authenticated else stage and stage.login.user
    return as_json(auth.begin_authentication(user))


@open_to(signed_in, methods=("POST",))
@freshly
def ask_for_new(request: HttpRequest) -> HttpResponse:
    """What a browser needs to make a passkey."""
    return as_json(auth.begin_registration(user_of(request), passwordless=True))


def as_json(options: dict[str, object]) -> HttpResponse:
    response = JsonResponse(options)
    response["Cache-Control"] = "no-store"
    return response


@open_to(anyone, methods=("POST",))
def by_passkey(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return go_on(request)
    limited: HttpResponse | None = ratelimit.consume_or_429(
        request, app="allauth.mfa", action="webauthn_login"
    )
    if limited:
        return limited
    form = SignInByPasskey(data=request.POST)
    if form.is_valid():
        factor = form.cleaned_data["credential"]
        login = Login(user=factor.user, redirect_url=onward(request) or None)
        response: HttpResponse = perform_passwordless_login(request, factor, login)
        return response
    return sign_in_page(request, saying(AddressForm, form.errors["credential"]))


@open_to(signed_in, methods=WRITING)
@freshly
def add(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = NewPasskey(data=request.POST or None, user=user)
    if form.is_valid():
        name = form.cleaned_data["name"]
        with transaction.atomic():
            auth.WebAuthn.add(user, name, form.cleaned_data["credential"])
            mails.changed(request, user, ADDED, {"name": name})
        messages.success(request, ADDED % {"name": name})
        return back()
    return page(request, "accounts/passkey.html", form)


@open_to(signed_in, methods=("POST",))
@freshly
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    rows = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    factor = get_object_or_404(rows, pk=pk)
    values = {"name": str(factor)}
    with transaction.atomic():
        if not factors.remove(user, factor):
            raise Refused(LAST_ONE, status=409)
        mails.changed(request, user, REMOVED, values)
    messages.success(request, REMOVED % values)
    return HttpResponseRedirect(reverse("account_settings"))
