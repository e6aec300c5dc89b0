"""Before something is changed in how one signs in, one shows again that it is oneself."""

import time
from collections.abc import Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.accounts.middleware import THROUGH
from tillit.accounts.owners import own_addresses
from tillit.accounts.who import user_of
from tillit.kit.access import View
from tillit.kit.demo import is_demo
from tillit.kit.refusal import Refused

LASTS = 15 * 60  # seconds


def is_fresh(request: HttpRequest) -> bool:
    """Whether the user has shown lately, in a way that is enough, to be who it is."""
    records = get_authentication_records(request, request.user)
    since = time.time() - LASTS
    return any(record["at"] > since and is_enough(request, record) for record in records)


def is_enough(request: HttpRequest, record: Mapping[str, Any]) -> bool:
    """Who always takes two steps shows the second. Whoever reads the mail of a function can't change
    how a person with an own address signs in.
    """
    user = user_of(request)
    if user.second_step:
        return bool(record["method"] == "mfa")
    through = request.session.get(THROUGH)
    return not through or record.get("email") != through or not own_addresses(user)


def freshly(view: View) -> View:
    """The view, once it is certain who asks. Stands below `open_to(signed_in)`."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_demo():
            raise Refused(_("This is a demo: how one signs in can't be changed here."), status=403)
        if is_fresh(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            messages.info(request, _("Nothing has been changed yet. Do it once more after this."))
        return HttpResponseRedirect(confirming(request))

    return checked


def confirming(request: HttpRequest) -> str:
    """The page where one confirms, which leads back here afterwards."""
    back = request.path if request.method == "GET" else reverse("account_settings")
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}"
