"""Signing in by a code that comes by e-mail, and out again."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.accounts import actions, codes, mails, steps
from tillit.accounts.answers import go_on, onward, too_late
from tillit.accounts.codes import Asked, Use
from tillit.accounts.forms import AddressForm, CodeForm
from tillit.accounts.limits import Limited
from tillit.accounts.owners import found_by, made_for
from tillit.accounts.views.pages import page, providers, saying, told
from tillit.kit.access import WRITING, anyone, open_to
from tillit.kit.contributions import demo_sign_ins
from tillit.kit.demo import is_demo


@open_to(anyone, methods=WRITING)
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return go_on(request)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            send_code(request, form.cleaned_data["email"], onward(request))
        except Limited as limited:
            form.add_error(None, told(limited))
        else:
            return HttpResponseRedirect(reverse("account_confirm_login_code"))
    return sign_in_page(request, form)


def sign_in_page(request: HttpRequest, form: AddressForm) -> HttpResponse:
    demo = demo_sign_ins() if is_demo() else []
    return page(request, "accounts/sign_in.html", form, providers=providers(), demo=demo)


def send_code(request: HttpRequest, address: str, onward: str) -> None:
    """Send a code, or that there is no account; the browser is answered alike. Raises Limited."""
    user = found_by(address) or made_for(address)
    figures = codes.ask(request, Use.SIGN_IN, address, user.pk if user else None, onward)
    if user:
        mails.code(address, figures)
    else:
        mails.unknown(request, address)


@open_to(anyone, methods=WRITING)
def code(request: HttpRequest) -> HttpResponse:
    """Where the code is written: as the first step, or as the second after a password."""
    if request.user.is_authenticated:
        return go_on(request)
    stage = steps.pending(request)
    use = Use.SECOND if stage else Use.SIGN_IN
    try:
        asked = codes.asked(request, use)
    except codes.Gone:
        return too_late(request)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if "again" in request.POST:
        return send_again(request, asked, stage)
    if form.is_valid():
        try:
            return arrived(request, codes.check(request, use, form.cleaned_data["code"]), stage)
        except codes.Wrong as wrong:
            form.add_error("code", wrong_words(wrong.left))
    return page(request, "accounts/code.html", form, **known(request, asked))


def known(request: HttpRequest, asked: Asked) -> dict[str, object]:
    return {"address": asked.address, "spent": codes.is_spent(request, asked), "next": asked.onward}


def wrong_words(left: int) -> str:
    if left == 0:
        return _("That isn't the code either, and there are no more tries. Have a new one sent.")
    if left == 1:
        return _("That isn't the code. Look at the latest mail: there is one more try.")
    return _("That isn't the code. Look at the latest mail: there are %(left)s more tries.") % {
        "left": left
    }


def send_again(request: HttpRequest, asked: Asked, stage: steps.SecondStep | None) -> HttpResponse:
    try:
        if stage:
            stage.send_code()
        else:
            send_code(request, asked.address, asked.onward)
    except Limited as limited:
        form = saying(CodeForm, told(limited))
        return page(request, "accounts/code.html", form, **known(request, asked))
    messages.success(request, _("A new code is on its way. The earlier one no longer works."))
    return HttpResponseRedirect(reverse("account_confirm_login_code"))


def arrived(request: HttpRequest, asked: Asked, stage: steps.SecondStep | None) -> HttpResponse:
    """The right code. The address may have come to lead to somebody else since it was sent."""
    if stage:
        return stage.by_code()
    user = found_by(asked.address) or made_for(asked.address)
    if user is None or user.pk != asked.account:
        return too_late(request)
    if made_for(asked.address) == user:
        user = actions.account_for(asked.address)
    return actions.sign_in(request, user, "code", address=asked.address, onward=asked.onward)


@open_to(anyone, methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You are signed out."))
    return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL))
