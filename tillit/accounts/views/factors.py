"""The password, the app and the reserve codes."""

from base64 import b64encode

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.accounts import mails
from tillit.accounts.factors import factors_of, new_reserve_codes, remove, turn_on_app
from tillit.accounts.forms import AppForm, NewPasswordForm
from tillit.accounts.fresh import freshly
from tillit.accounts.models import User
from tillit.accounts.owners import own_addresses
from tillit.accounts.views.pages import page
from tillit.accounts.views.settings import back
from tillit.accounts.who import user_of
from tillit.kit.access import WRITING, open_to, signed_in
from tillit.kit.refusal import Refused

CHOSEN = gettext_lazy("You have a new password.")
GONE = gettext_lazy("You no longer have a password.")
ON = gettext_lazy("You can now sign in with an app as the second step.")
OFF = gettext_lazy("The app is no longer used to sign in.")
RESERVE = gettext_lazy("You have new reserve codes.")
LAST_ONE = gettext_lazy(
    "Signing in always takes two steps for you, and this is your last second step. Add another, or"
    " turn off the two steps first."
)


@open_to(signed_in, methods=WRITING)
@freshly
def password(request: HttpRequest) -> HttpResponse:
    """Choose one. It signs in together with an own address only. Other sessions end."""
    user = user_of(request)
    if not own_addresses(user):
        raise Refused(_("A password needs an address of your own. Add one first."), status=409)
    form = NewPasswordForm(user, request.POST or None)
    if form.is_valid():
        set_password(request, user, form.cleaned_data["password"])
        mails.changed(request, user, CHOSEN)
        messages.success(request, CHOSEN)
        return back()
    return page(request, "accounts/new_password.html", form)


@open_to(signed_in, methods=("POST",))
@freshly
def no_password(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    set_password(request, user, None)
    mails.changed(request, user, GONE)
    messages.success(request, GONE)
    return back()


def set_password(request: HttpRequest, user: User, chosen: str | None) -> None:
    user.set_password(chosen)
    user.save(update_fields=["password"])
    update_session_auth_hash(request, user)


@open_to(signed_in, methods=WRITING)
@freshly
def app(request: HttpRequest) -> HttpResponse:
    """Scan a picture, write a code: the app is the second step from then on."""
    user = user_of(request)
    if factors_of(user).app:
        return back()
    form = AppForm(data=request.POST or None, user=user)
    if form.is_valid():
        try:
            turn_on_app(user, form.secret)
        except IntegrityError:  # in another tab, at the same time
            return back()
        clear_totp_secret(request)
        mails.changed(request, user, ON)
        messages.success(request, ON)
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
    return page(request, "accounts/app.html", form, **pictured(user, form))


def pictured(user: User, form: ActivateTOTPForm) -> dict[str, str]:
    """The secret as a picture for the app, and in letters for who can't scan it."""
    adapter = get_adapter()
    url = adapter.build_totp_url(user, form.secret)
    svg = b64encode(adapter.build_totp_svg(url).encode()).decode()
    fours = (form.secret[i : i + 4] for i in range(0, len(form.secret), 4))
    return {"picture": f"data:image/svg+xml;base64,{svg}", "secret": " ".join(fours), "url": url}


@open_to(signed_in, methods=("POST",))
@freshly
def no_app(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    factor = factors_of(user).app
    if factor:
        with transaction.atomic():
            if not remove(user, factor):
                raise Refused(LAST_ONE, status=409)
            mails.changed(request, user, OFF)
        messages.success(request, OFF)
    return back()


@open_to(signed_in, methods=WRITING)
@freshly
def reserve_codes(request: HttpRequest) -> HttpResponse:
    """How many are left; shown, or made anew, when the button is pressed."""
    user = user_of(request)
    factors = factors_of(user)
    if not factors.any:
        raise Refused(_("Reserve codes belong to an app or a passkey. Add one first."), status=409)
    shown: list[str] = []
    if "new" in request.POST:
        with transaction.atomic():
            shown = new_reserve_codes(user)
            mails.changed(request, user, RESERVE)
    elif request.method == "POST" and factors.reserve:
        shown = factors.reserve.wrap().get_unused_codes()
    left = len(shown) or factors.reserve_left
    return page(request, "accounts/reserve_codes.html", codes=shown, left=left)
