"""The demo mailbox: every mail written, for everybody, in a demo and nowhere else."""

from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tillit.kit.access import View, anyone, open_to
from tillit.kit.demo import is_demo
from tillit.kit.lines import clean
from tillit.kit.lists import slice_of
from tillit.post.framing import LEADS_ON, framed, has_frame, mail_in_frame
from tillit.post.holding import comparable
from tillit.post.models import Message


def in_a_demo(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        if not is_demo():
            raise Http404
        return view(request, *args, **kwargs)  # type: ignore[return-value]

    return checked


@open_to(anyone)
@in_a_demo
def demo_mails(request: HttpRequest) -> HttpResponse:
    """All mails, the latest first; `to` shows those to one address."""
    to = comparable(clean(request.GET.get("to", "")))
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
@has_frame
def demo_mail(request: HttpRequest, key: str) -> HttpResponse:
    return render(request, "post/demo_mail.html", {"mail": get_object_or_404(Message, key=key)})


def leading_on(view: View) -> View:
    return mail_in_frame(view, LEADS_ON)


@open_to(anyone)
@in_a_demo
@leading_on
def demo_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part by itself. Its links open in the whole window."""
    mail = get_object_or_404(Message, key=key)
    return framed(mail.html.replace("<head>", '<head><base target="_top">', 1))
