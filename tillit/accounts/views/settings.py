"""How one signs in: all of it on one page, with a button for each thing that can be changed."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.accounts import actions, mails
from tillit.accounts.factors import factors_of
from tillit.accounts.forms import LanguageForm
from tillit.accounts.fresh import freshly
from tillit.accounts.middleware import THROUGH
from tillit.accounts.models import User
from tillit.accounts.views.pages import page, providers
from tillit.accounts.who import user_of
from tillit.kit.access import open_to, signed_in
from tillit.kit.demo import is_demo
from tillit.kit.refusal import Refused

TWO_STEPS = gettext_lazy("Signing in now always takes two steps.")
ONE_STEP = gettext_lazy("Signing in no longer always takes two steps.")
UNLINKED = gettext_lazy("You can no longer sign in with %(provider)s.")


@open_to(signed_in)
def sign_in_settings(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    content = {
        "addresses": EmailAddress.objects.filter(user=user, verified=True).order_by(
            "-primary", "email"
        ),
        "through": request.session.get(THROUGH, ""),
        "factors": factors_of(user),
        "password": user.has_usable_password(),
        "second_step": user.second_step,
        "linked": linked(user),
        "language_form": LanguageForm(instance=user),
        "demo": is_demo(),
    }
    return page(request, "accounts/settings.html", **content)


def linked(user: User) -> list[dict[str, object]]:
    """Each provider, and the row by which it is linked."""
    offered = providers()
    rows = {row.provider: row for row in SocialAccount.objects.filter(user=user)} if offered else {}
    return [{"provider": it, "row": rows.get(it["provider_id"])} for it in offered]


def back() -> HttpResponse:
    return HttpResponseRedirect(reverse("account_settings"))


@open_to(signed_in, methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST, instance=user_of(request))
    if not form.is_valid():
        raise Refused(_("Choose one of the languages."))
    form.save()
    messages.success(request, _("Saved."))
    return back()


@open_to(signed_in, methods=("POST",))
@freshly
def two_steps(request: HttpRequest) -> HttpResponse:
    """Whether a second step is always asked for, also after a code by e-mail."""
    user, on = user_of(request), request.POST.get("on") == "1"
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if on and not factors_of(user).any:
            raise Refused(_("Add a passkey or an app first: that is what the second step is."), 409)
        User.objects.filter(pk=user.pk).update(second_step=on)
        mails.changed(request, user, TWO_STEPS if on else ONE_STEP)
    messages.success(request, TWO_STEPS if on else ONE_STEP)
    if on and not factors_of(user).reserve_left:
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
    return back()


@open_to(signed_in, methods=("POST",))
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    actions.sign_out_elsewhere(request, user_of(request))
    messages.success(request, _("You are signed out everywhere but here."))
    return back()


@open_to(signed_in, methods=("POST",))
@freshly
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    row = get_object_or_404(SocialAccount, user=user, pk=pk)
    names = {it["provider_id"]: it["name"] for it in providers()}
    values = {"provider": names.get(row.provider, row.provider)}
    with transaction.atomic():
        row.delete()
        mails.changed(request, user, UNLINKED, values)
    messages.success(request, UNLINKED % values)
    return back()
