"""Choosing on whose behalf one writes."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from tillit.kit.access import CHOSEN, open_to, signed_in, viewer_of
from tillit.kit.refusal import Refused


@open_to(signed_in, methods=("POST",))
def capacity(request: HttpRequest) -> HttpResponse:
    """Remember the capacity and go back. One that is not the person's own is refused."""
    key = request.POST.get("capacity", "")
    if key not in {it.key for it in viewer_of(request).identity.capacities}:
        raise Refused(_("You don't have that mandate today. Choose one of your own."), 403)
    request.session[CHOSEN] = key
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return HttpResponseRedirect(back if is_ours else "/")
