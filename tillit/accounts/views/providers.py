"""Signing in with those who know us already: OpenID Connect, as the installation has it set up."""

from http import HTTPStatus

import structlog
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect.views import callback, login
from allauth.utils import get_request_param
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, override
from requests import RequestException

from tillit.accounts.answers import failed
from tillit.accounts.fresh import confirming, is_fresh
from tillit.accounts.views.pages import page, providers
from tillit.kit.access import anyone, open_to

log = structlog.get_logger("tillit.accounts")
LANGUAGE = "provider_language"  # in the session: that of the page where it began
UNUSABLE = (RequestException, ValueError, KeyError, TypeError)  # what a provider may answer


def name_of(provider_id: str) -> str:
    names = {it["provider_id"]: it["name"] for it in providers()}
    if provider_id not in names:
        raise Http404
    return str(names[provider_id])


@open_to(anyone, methods=("POST",))
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider, by a page of ours: a form may not lead out of here by itself."""
    name = name_of(provider_id)
    process = get_request_param(request, "process")  # as it is read further in
    if process == AuthProcess.CONNECT and not is_fresh(request):
        return HttpResponseRedirect(confirming(request))
    try:
        response = login(request, provider_id)
    except UNUSABLE as error:
        return useless(request, provider_id, error)
    if response.status_code != HTTPStatus.FOUND:
        return failed(request, name)
    request.session[LANGUAGE] = get_language()
    return page(request, "accounts/to_provider.html", url=response["Location"], provider=name)


@open_to(anyone)
def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider: signed in, linked, or told why not."""
    name_of(provider_id)
    with override(request.session.pop(LANGUAGE, get_language())):
        try:
            response: HttpResponse = callback(request, provider_id)
        except UNUSABLE as error:
            return useless(request, provider_id, error)
    return response


def useless(request: HttpRequest, provider_id: str, error: Exception) -> HttpResponse:
    """The log tells of which kind, and no more: the rest may be of a person."""
    log.warning("no use in an answer", provider=provider_id, fault=type(error).__name__)
    return failed(request, name_of(provider_id))
