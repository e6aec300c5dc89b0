"""Where a mail service tells what came back. Its address holds a token that nobody finds by trying."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from tillit.kit.access import anyone, open_to
from tillit.kit.refusal import Refused
from tillit.post.bounces import record
from tillit.post.reports import told
from tillit.post.server import bounce_token

LARGEST = 256 * 1024


@csrf_exempt
@open_to(anyone, methods=("POST",))
def bounces(request: HttpRequest, token: str) -> HttpResponse:
    known = bounce_token()
    if not known or not constant_time_compare(token, known):
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Refused(_("That is too much at once."), status=413)
    try:
        found = told(request.body)
    except ValueError:
        raise Refused(_("This is no bounce in a form that is known here."), status=400) from None
    for bounce in found:
        record(bounce, timezone.now(), trusted=True)
    return HttpResponse(status=204)
