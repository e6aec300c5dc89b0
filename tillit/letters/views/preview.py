"""Looking a letter through: as one of its receivers gets it, and as a mail to oneself."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import open_to, viewer_of
from tillit.kit.refusal import Refused
from tillit.letters.choice import Choice
from tillit.letters.looking import AsOne, as_one, missing, offered
from tillit.letters.mailing import test_mail
from tillit.letters.models import Letter
from tillit.letters.receivers import Chosen, chosen
from tillit.letters.rules import may_change, may_write_letters
from tillit.letters.views.fetching import crumbs, letter_for, ours_of, steps
from tillit.post import outbox
from tillit.post.framing import framed, has_frame, mail_in_frame
from tillit.post.server import current_post
from tillit.register.standing import chosen_mandate

AS = "as"


def looked_at(request: HttpRequest, key: str) -> tuple[Letter, Chosen, AsOne]:
    letter = letter_for(request, key, may_change)
    found = chosen(Choice.read(letter.choice), ours_of(request))
    asked = (request.POST if request.method == "POST" else request.GET).get(AS, "")
    return letter, found, as_one(letter, found, asked, viewer_of(request))


@open_to(may_write_letters)
@has_frame
def preview(request: HttpRequest, key: str) -> HttpResponse:
    letter, found, one = looked_at(request, key)
    asked = request.GET.get(AS, "")
    context = {
        "letter": letter,
        "one": one,
        "mail": one.mail,
        "sender": current_post().sender,
        "offered": offered(found),
        "asked": asked,
        "frame_query": request.GET.urlencode(),
        "missing": list(missing(letter, found)),
        "own_address": own_address(request),
        "steps": steps(letter, "preview"),
        "crumbs": crumbs(),
    }
    return render(request, "letters/preview.html", context)


@open_to(may_write_letters)
@mail_in_frame
def framed_mail(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML of the mail, for the frame."""
    _letter, _found, one = looked_at(request, key)
    return framed(one.mail.html)


@open_to(may_write_letters, methods=("POST",))
def trial(request: HttpRequest, key: str) -> HttpResponse:
    """The mail as one of the receivers would get it, sent to oneself."""
    letter, found, one = looked_at(request, key)
    to = own_address(request)
    if not to:
        raise Refused(_("Your account has no address to send to."), 409)
    outbox.keep([test_mail(letter, one.head, to)])
    messages.success(request, _("A test is on its way to %(address)s.") % {"address": to})
    asked = request.POST.get(AS, "")
    kept = f"?{urlencode({AS: asked})}" if asked in dict(offered(found)) else ""
    return redirect(reverse("letters:preview", args=[letter.key]) + kept)


def own_address(request: HttpRequest) -> str:
    """The writer's own; of who signs in by a function's address, that one."""
    if email := getattr(request.user, "email", ""):
        return str(email)
    mandate = chosen_mandate(viewer_of(request))
    through = mandate.through if mandate else None
    return str(through.email) if through else ""
