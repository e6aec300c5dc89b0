"""Showing again that it is oneself, before something is changed in how one signs in."""

from collections.abc import Mapping

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.accounts import codes, limits, mails
from tillit.accounts.answers import onward
from tillit.accounts.codes import Use
from tillit.accounts.factors import Factors, factors_of
from tillit.accounts.forms import CodeForm, ConfirmFactorForm, ConfirmPasswordForm
from tillit.accounts.fresh import is_fresh
from tillit.accounts.middleware import THROUGH
from tillit.accounts.models import User
from tillit.accounts.owners import own_addresses
from tillit.accounts.passkeys import ConfirmByPasskey
from tillit.accounts.views.pages import page, told
from tillit.accounts.views.sign_in import wrong_words
from tillit.accounts.who import user_of
from tillit.kit.access import WRITING, open_to, signed_in

MAIL = "mail"
FACTOR_WAYS = ("app", "passkey")
FORMS = ("code", "password", *FACTOR_WAYS)
WAYS = (MAIL, *FORMS)


@open_to(signed_in, methods=WRITING)
def confirm(request: HttpRequest) -> HttpResponse:
    """By a code to the own address, password, app or passkey; by the latter two where they are asked
    for at every sign-in.
    """
    user = user_of(request)
    factors = factors_of(user)
    alone = not (user.second_step and factors.any)
    asked = request.POST.get("way", "")
    way = asked if asked in (WAYS if alone else FACTOR_WAYS) else ""
    if way == MAIL:
        return send_code(request, user)
    forms = forms_of(request, user, way)
    form = forms.get(way)
    if form and form.is_valid():
        try:
            done(request, user, way, form)
        except ValidationError as error:
            form.add_error(None, error)
    if is_fresh(request):
        return HttpResponseRedirect(onward(request) or reverse("account_settings"))
    content = {"factors": factors, **offered(request, user, factors, forms, alone=alone)}
    return page(request, "accounts/confirm.html", form, **content)


def forms_of(request: HttpRequest, user: User, way: str) -> dict[str, Form]:
    """One for each way, the one that was sent with what was typed."""
    typed = {kind: request.POST if way == kind else None for kind in FORMS}
    return {
        "code": CodeForm(typed["code"], auto_id="code_%s"),
        "password": ConfirmPasswordForm(typed["password"], auto_id="password_%s"),
        "app": ConfirmFactorForm(user, typed["app"], auto_id="app_%s"),
        "passkey": ConfirmByPasskey(user, typed["passkey"], auto_id="passkey_%s"),
    }


def address_of(request: HttpRequest, user: User) -> str:
    """Where the code goes: to an own address; to that of the function only for who has no other."""
    return next(iter(own_addresses(user)), request.session.get(THROUGH, ""))


def send_code(request: HttpRequest, user: User) -> HttpResponse:
    address = address_of(request, user)
    try:
        mails.code(address, codes.ask(request, Use.CONFIRM, address, user.pk))
        messages.success(request, _("A code is on its way to %(address)s.") % {"address": address})
    except limits.Limited as limited:
        messages.error(request, told(limited))
    return HttpResponseRedirect(request.get_full_path())


def done(request: HttpRequest, user: User, way: str, form: Form) -> None:
    """Note that it has been shown. Raises ValidationError when it has not."""
    match way:
        case "code":
            by_code(request, user, form.cleaned_data["code"])
        case "password":
            by_password(request, user, form.cleaned_data["password"])
        case "app" | "passkey":
            form.save()  # type: ignore[attr-defined]


def by_code(request: HttpRequest, user: User, typed: str) -> None:
    try:
        asked = codes.check(request, Use.CONFIRM, typed)
    except codes.Gone:
        raise ValidationError(_("That code is too old. Have a new one sent."))
    except codes.Wrong as wrong:
        raise ValidationError(wrong_words(wrong.left))
    record_authentication(request, user, "code", email=asked.address, reauthenticated=True)


def by_password(request: HttpRequest, user: User, typed: str) -> None:
    adapter = get_adapter(request)
    if not adapter.reauthenticate(user, typed):
        raise adapter.validation_error("incorrect_password")
    reauthenticate_by_password(request)


def offered(
    request: HttpRequest, user: User, factors: Factors, forms: Mapping[str, Form], *, alone: bool
) -> dict[str, object]:
    """The forms of those ways that are open to the user; `alone`: one step is enough."""
    try:
        sent = bool(codes.asked(request, Use.CONFIRM))
    except codes.Gone:
        sent = False
    return {
        "address": address_of(request, user) if alone else "",
        "code_form": forms["code"] if alone and sent else None,
        "password_form": forms["password"] if alone and user.has_usable_password() else None,
        "app_form": forms["app"] if factors.app or (factors.any and factors.reserve) else None,
    }
