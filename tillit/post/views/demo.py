"""The demo mailbox: every mail written, for everybody, in a demo and nowhere else."""

from functools import wraps

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from tillit.kit.access import View, anyone, open_to
from tillit.kit.lists import slice_of
from tillit.post.models import Message

# A mail's own styles stand in it; it may load nothing, run nothing, and lead on when clicked only.
MAIL_ALONE = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}


def in_a_demo(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not settings.TILLIT_DEMO:
            raise Http404
        return view(request, *args, **kwargs)  # type: ignore[return-value]

    return checked


@open_to(anyone)
@in_a_demo
def demo_mails(request: HttpRequest) -> HttpResponse:
    """All mails, the latest first; `to` shows those to one address."""
    to = request.GET.get("to", "").strip().casefold()
    rows = Message.objects.defer("text", "html")
    shown = slice_of(
        rows.filter(to_email=to) if to else rows,
        request.GET.get("after", ""),
        by=("-written_at", "-key"),
        size=25,
    )
    return render(request, "post/demo_mails.html", {"mails": shown, "to": to})


@open_to(anyone)
@in_a_demo
@csp_update({"frame-src": [SELF]})
def demo_mail(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "post/demo_mail.html", {"mail": get_object_or_404(Message, key=key)})


@open_to(anyone)
@in_a_demo
@csp(MAIL_ALONE)
@xframe_options_sameorigin
def demo_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part by itself. Its links open in the whole window."""
    mail = get_object_or_404(Message, key=key)
    return HttpResponse(mail.html.replace("<head>", '<head><base target="_top">', 1))
