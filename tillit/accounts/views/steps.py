"""Signing in by a password, and the second step."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from tillit.accounts.answers import go_on, onward, too_late
from tillit.accounts.factors import factors_of
from tillit.accounts.forms import PasswordForm, SecondStepForm
from tillit.accounts.limits import Limited
from tillit.accounts.passkeys import SecondStepByPasskey
from tillit.accounts.steps import pending
from tillit.accounts.views.pages import page, told
from tillit.kit.access import WRITING, anyone, open_to


@open_to(anyone, methods=WRITING)
def by_password(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return go_on(request)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        try:
            return first_step(request, **form.cleaned_data)
        except Limited as limited:
            form.add_error(None, told(limited))
        except ValidationError as error:
            form.add_error(None, error)
    return page(request, "accounts/password.html", form)


def first_step(request: HttpRequest, email: str, password: str) -> HttpResponse:
    """Goes on to the second step. Raises ValidationError when it is wrong, or too often."""
    adapter = get_adapter(request)
    user = adapter.authenticate(request, email=email, password=password)
    if user is None:
        raise adapter.validation_error("email_password_mismatch")
    record_authentication(request, user, "password", email=email)
    login = Login(user=user, email=email, redirect_url=onward(request) or None)
    response: HttpResponse = perform_login(request, login)
    return response


@open_to(anyone, methods=WRITING)
def second_step(request: HttpRequest) -> HttpResponse:
    """After a password, or always for those who chose it: the app, a passkey or a reserve code."""
    stage = pending(request)
    if stage is None or stage.login.user is None:
        return go_on(request) if request.user.is_authenticated else too_late(request)
    user = stage.login.user
    factors = factors_of(user)
    if not factors.any:
        return HttpResponseRedirect(reverse("account_confirm_login_code"))
    by_passkey = "credential" in request.POST
    code_form = SecondStepForm(user, None if by_passkey else request.POST or None)
    form = SecondStepByPasskey(user, request.POST) if by_passkey else code_form
    if form.is_valid():
        form.save()
        response: HttpResponse = stage.exit()
        return response
    content = {"factors": factors, "code_form": code_form}
    return page(request, "accounts/second_step.html", form, **content)
