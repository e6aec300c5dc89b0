"""No more mail of one kind: the link in each such mail. Opening it changes nothing, its button does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from tillit.kit.access import anyone, open_to
from tillit.kit.refusal import Refused
from tillit.post.models import Message
from tillit.post.opting_out import is_out, message_of, opt_in, opt_out_of, topic_title

ONE_CLICK = "List-Unsubscribe"  # what a mail program sends by itself (RFC 8058)


# The signed link is the permission; mail programs come without a cookie.
@csrf_exempt
@open_to(anyone, methods=("GET", "HEAD", "POST"))
def opt_out(request: HttpRequest, token: str) -> HttpResponse:
    message = message_of(token)
    if message is None:
        raise Refused(
            _("This link has been cut off, or is too old. Use the one in the latest mail."),
            status=404,
        )
    if request.method == "POST":
        return changed(request, message)
    shown = {"out": is_out(message), "topic": topic_title(message.topic), "email": message.to_email}
    return render(request, "post/opt_out.html", shown)


def changed(request: HttpRequest, message: Message) -> HttpResponse:
    if request.POST.get("do") == "undo":
        opt_in(message)
    else:
        opt_out_of(message)
    if ONE_CLICK in request.POST:
        return HttpResponse(status=200)
    return redirect(request.path)
