"""The key that opens copies, shown once; and a copy made now, not tonight."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import open_to, viewer_of
from tillit.kit.background.queue import enqueue_once
from tillit.kit.backup.sealing import new_pair
from tillit.kit.changes import Actor, change
from tillit.kit.refusal import Refused
from tillit.register.rules import administers
from tillit.site.backups import is_ready
from tillit.site.models import BackupPlace, FirstRun
from tillit.site.tasks import back_up
from tillit.site.views.guide import private

STEP = "sakerhetskopior"


@open_to(administers, methods=("POST",))
def backup_key(request: HttpRequest) -> HttpResponse:
    """A new key for the copies to come. It is said here and nowhere else, and not kept."""
    place = BackupPlace.current()
    if place is None:
        raise Refused(_("Write the folder for the copies first."), 409)
    key, public = new_pair()
    actor = Actor.of(viewer_of(request))
    change(place, {"recipient": public, "ready_at": place.ready_at or timezone.now()}, actor)
    first = FirstRun.current()
    in_guide = first is not None and first.finished_at is None
    context = {
        "key": key,
        "onward": reverse("site:guide") if in_guide else reverse("site:settings"),
        "crumbs": [(_("Settings"), reverse("site:settings"))],
    }
    return private(render(request, "site/settings/backup_key.html", context))


@open_to(administers, methods=("POST",))
def backup_now(request: HttpRequest) -> HttpResponseRedirect:
    if not is_ready():
        raise Refused(_("Say where copies go, and make the key, first."), 409)
    enqueue_once(back_up)
    messages.success(request, _("A copy is being made. Load the page again in a while."))
    return HttpResponseRedirect(reverse("site:background"))
