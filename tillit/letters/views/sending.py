"""Sending a letter: the last look, the button, and the stop."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.refusal import Refused
from tillit.letters import sending as sends
from tillit.letters.choice import Choice
from tillit.letters.looking import by_language, held_back, missing
from tillit.letters.models import Letter
from tillit.letters.receivers import Chosen, chosen
from tillit.letters.rules import may_stop, may_write_letters
from tillit.letters.tasks import send
from tillit.letters.views.fetching import crumbs, letter_for, ours_of, steps
from tillit.post.server import current_post, why_waiting
from tillit.register.standing import person_of

FIRST_LINES = 6


@open_to(may_write_letters, methods=WRITING)
def sending(request: HttpRequest, key: str) -> HttpResponse:
    letter = letter_for(request, key)
    if not letter.is_draft:  # the button was pressed twice, or by two
        return redirect("letters:letter", letter.key)
    found = chosen(Choice.read(letter.choice), ours_of(request))
    if request.method != "POST":
        return page(request, letter, found)
    if list(missing(letter, found)):
        return page(request, letter, found, 422)
    if request.POST.get("stamp") != found.stamp:
        return page(request, letter, found, 409, changed=True)
    return begun(request, letter, found)


def begun(request: HttpRequest, letter: Letter, found: Chosen) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        sends.start(letter, found, person_of(viewer), Actor.of(viewer), timezone.now())
    except Refused as refused:
        if Letter.objects.filter(pk=letter.pk).drafts().exists():
            raise
        messages.info(request, str(refused))
    else:
        send.enqueue(letter.pk)  # how it goes is told by the page that one comes to
    return redirect("letters:letter", letter.key)


def page(
    request: HttpRequest, letter: Letter, found: Chosen, status: int = 200, *, changed: bool = False
) -> HttpResponse:
    post = current_post()
    context = {
        "letter": letter,
        "chosen": found,
        "changed": changed,
        "missing": list(missing(letter, found)),
        "held_back": held_back(letter, found.receivers),
        "by_language": by_language(letter, found.receivers),
        "first_lines": letter.text.splitlines()[:FIRST_LINES],
        "sender": post.sender,
        "why_waiting": why_waiting(post),
        "steps": steps(letter, "sending"),
        "crumbs": crumbs(),
    }
    return render(request, "letters/sending.html", context, status=status)


@open_to(may_write_letters, methods=("POST",))
def stop(request: HttpRequest, key: str) -> HttpResponse:
    letter = letter_for(request, key)
    if may_stop(viewer_of(request), letter):
        viewer = viewer_of(request)
        count = sends.stop(letter, person_of(viewer), Actor.of(viewer), timezone.now())
        messages.success(request, said(count))
    return redirect("letters:letter", letter.key)


def said(count: int) -> str:
    return ngettext(
        "Stopped: %(count)s mail was taken back.",
        "Stopped: %(count)s mails were taken back.",
        count,
    ) % {"count": count}
