"""What is answered when signing in does not work, and where it leads when it does."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


def onward(request: HttpRequest) -> str:
    """The page of ours that was asked for before signing in, or nothing."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if ours else ""


def go_on(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(onward(request) or resolve_url(settings.LOGIN_REDIRECT_URL))


def too_late(request: HttpRequest) -> HttpResponse:
    """Nothing waits here: signing in was not begun in this browser, or took too long."""
    messages.info(
        request, _("That took too long, or was begun in another browser. Begin again here.")
    )
    return HttpResponseRedirect(reverse("account_login"))


def refused(request: HttpRequest, title: str, text: str, status: HTTPStatus) -> HttpResponse:
    context = {"title": title, "lede": text}
    return render(request, "accounts/refused.html", context, status=status)


def stranger(request: HttpRequest, provider: str) -> HttpResponse:
    """Somebody whom a provider knows, and we don't."""
    title = _("You have no account here yet")
    text = _(
        "%(provider)s says who you are, but no account here is linked to that. Accounts come by"
        " invitation. If you have one already: sign in by a code, and link it in your sign-in settings."
    )
    return refused(request, title, text % {"provider": provider}, HTTPStatus.FORBIDDEN)


def failed(request: HttpRequest, provider: str, *, theirs: bool = True) -> HttpResponse:
    """A provider that doesn't answer, or answers what can't be used; or one turned back there."""
    status = HTTPStatus.BAD_GATEWAY if theirs else HTTPStatus.BAD_REQUEST
    title = _("It didn't work to sign in with %(provider)s") % {"provider": provider}
    text = _(
        "You may have broken it off, or there is something wrong there. Try again, or another way."
    )
    return refused(request, title, text, status)


def closed(request: HttpRequest) -> HttpResponse:
    title = _("This account is closed")
    text = _(
        "Ask whoever keeps the register at your organisation if you think that it should be open."
    )
    return refused(request, title, text, HTTPStatus.FORBIDDEN)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    title = _("That was too often")
    text = _("So that nobody can guess their way in, wait a while, and try again then.")
    return refused(request, title, text, HTTPStatus.TOO_MANY_REQUESTS)
