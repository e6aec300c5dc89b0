"""Trying the demo as one of its invented persons."""

from django.http import Http404, HttpRequest, HttpResponse

from tillit.accounts import actions
from tillit.accounts.answers import onward
from tillit.kit.access import anyone, open_to
from tillit.kit.contributions import demo_sign_ins
from tillit.kit.demo import is_demo


@open_to(anyone, methods=("POST",))
def try_as(request: HttpRequest) -> HttpResponse:
    """Only in a demo, and only as those whom it offers."""
    asked = request.POST.get("as", "")
    if not is_demo() or asked not in {it.email for it in demo_sign_ins()}:
        raise Http404
    user = actions.account_for(asked)
    return actions.sign_in(request, user, "demo", onward=onward(request))
