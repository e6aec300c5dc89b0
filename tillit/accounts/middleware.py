"""Whoever signed in by the address of a function is out as soon as it leads to somebody else."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from tillit.kit.contributions import account_of

THROUGH = "signed_in_through"  # in the session: the address of a function


class FunctionAddresses:
    """Asks at every request, but only in the sessions concerned."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        address = request.session.get(THROUGH)
        if address and request.user.is_authenticated and account_of(address) != request.user:
            logout(request)
            told = _("You have been signed out: %(address)s leads to somebody else today.")
            messages.warning(request, told % {"address": address})
        return self.get_response(request)
