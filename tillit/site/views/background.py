"""What Tillit does by itself: whether it does, what failed, and mails that nobody knows of."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.background import queue
from tillit.kit.background.models import Heartbeat
from tillit.kit.background.schedule import entries, last_runs
from tillit.kit.changes import Actor
from tillit.kit.refusal import Refused
from tillit.post.decisions import let_be, send_again
from tillit.post.models import Message
from tillit.post.server import why_waiting
from tillit.register.rules import administers
from tillit.site import backups, files

SHOWN = 50


@open_to(administers, methods=WRITING)
def background(request: HttpRequest) -> HttpResponseBase:
    now = timezone.now()
    if request.method == "POST":
        act(request, now)
        return HttpResponseRedirect(reverse("site:background"))
    context = {
        "crumbs": [(_("Settings"), reverse("site:settings"))],
        "processes": processes(now),
        "tasks": queue.length(now),
        "failed": [(it, title_of(it.path)) for it in queue.failed()],
        "runs": last_runs(),
        "mail": mail(),
        "backups": backups.standing(now),
        "files": files.standing(),
    }
    return render(request, "site/background.html", context)


def processes(now: datetime) -> dict[str, int]:
    """How many of each kind are alive. Without them nothing happens by itself."""
    alive = list(Heartbeat.objects.alive(now).values_list("kind", flat=True))
    return {"workers": alive.count("worker"), "clocks": alive.count("clock")}


def mail() -> dict[str, Any]:
    undecided = Message.objects.undecided().defer("text", "html").order_by("-settled_at", "pk")
    waiting = Message.objects.waiting().count()
    return {
        "waiting": waiting,
        "why": why_waiting() if waiting else "",
        "undecided": undecided[:SHOWN],
    }


def title_of(path: str) -> str:
    """What the schedule calls the task, or its name in the code."""
    titles = {entry.task: str(entry.title) for entry in entries()}
    return titles.get(path, path.rpartition(".")[2])


def act(request: HttpRequest, now: datetime) -> None:
    """Try a task again, or decide about a mail. Raises Refused."""
    actor = Actor.of(viewer_of(request))
    match request.POST.get("do"):
        case "try-again":
            try_again(request.POST.get("task", ""))
            messages.success(request, _("It will be tried again at once."))
        case "send-again":
            send_again(the_mail(request), actor, now)
            messages.success(request, _("The mail will be sent once more."))
        case "let-be":
            let_be(the_mail(request), actor, now)
            messages.success(request, _("The mail is left as it is."))
        case _:
            raise Refused(_("Choose what to do."))


def try_again(key: str) -> None:
    try:
        known = queue.try_again(UUID(key))
    except ValueError:
        known = False
    if not known:
        raise Refused(_("This has been tried again already, or is no longer there."), 409)


def the_mail(request: HttpRequest) -> Message:
    return get_object_or_404(Message, key=request.POST.get("mail", "").replace("\0", ""))
