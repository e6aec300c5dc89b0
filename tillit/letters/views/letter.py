"""One letter: the draft, or how its sending goes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.letters import drafting
from tillit.letters.choices import Stage
from tillit.letters.models import Letter
from tillit.letters.outcomes import progress_of
from tillit.letters.rules import may_change, may_stop, may_write_letters
from tillit.letters.views.fetching import crumbs, letter_for
from tillit.post.server import why_waiting


@open_to(may_write_letters)
def letter(request: HttpRequest, key: str) -> HttpResponse:
    it = letter_for(request, key)
    if it.is_draft:
        return redirect("letters:text", it.key)
    context = {
        "letter": it,
        "progress": progress_of(it),
        "goes_on": it.stage == Stage.SENDING,  # type: ignore[attr-defined] # of with_stage
        "why_waiting": why_waiting() if it.stage == Stage.SENDING else "",  # type: ignore[attr-defined]
        "may_stop": may_stop(viewer_of(request), it) and it.stage == Stage.SENDING,  # type: ignore[attr-defined]
        "web_url": web_url(request, it),
        "crumbs": crumbs(),
    }
    return render(request, "letters/letter.html", context)


def web_url(request: HttpRequest, it: Letter) -> str:
    """Where it is read in the browser, if it may be."""
    if not it.is_on_web:
        return ""
    return request.build_absolute_uri(reverse("letters:web", args=[it.token]))


@open_to(may_write_letters, methods=WRITING)
def removal(request: HttpRequest, key: str) -> HttpResponse:
    """Throw a draft away: asked first."""
    it = letter_for(request, key, may_change)
    if request.method == "POST":
        drafting.throw_away(it, Actor.of(viewer_of(request)))
        messages.success(request, _("The draft is gone."))
        return redirect("letters:letters")
    return render(request, "letters/removal.html", {"letter": it, "crumbs": crumbs(it)})
