"""Writing what became of a comment, or of what an answer says of the whole."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements.consulting.compiling import (
    comments_of,
    replies_of,
    tell_fates,
    without_response,
)
from tillit.agreements.consulting.responding import respond, response_to
from tillit.agreements.consulting.rules import may_respond
from tillit.agreements.forms_consultation import ResponseForm
from tillit.agreements.models import Comment, Consultation, Reply, Version
from tillit.agreements.views.consultation.fetching import form_context, kept_by
from tillit.agreements.wordings import Wording, wordings_among
from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.forms import form_page, posted, take_errors

MOST_VERSIONS = 10


@open_to(signed_in, methods=WRITING)
def respond_to_comment(request: HttpRequest, key: str, comment: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = kept_by(viewer, key, may_respond)
    said = get_object_or_404(comments_of(it, viewer), key=comment)
    sections = tell_fates([said], it, viewer)
    now = next((row for row in sections if row.subject == said.section), None)
    return written(request, it, said, {"comment": said, "section": now})


@open_to(signed_in, methods=WRITING)
def respond_to_reply(request: HttpRequest, key: str, reply: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = kept_by(viewer, key, may_respond)
    said = get_object_or_404(replies_of(it, viewer), key=reply)
    return written(request, it, said, {"reply": said})


def written(
    request: HttpRequest, it: Consultation, said: Comment | Reply, shown: dict[str, Any]
) -> HttpResponse:
    viewer = viewer_of(request)
    form = ResponseForm(posted(request), standing=standing(said), wordings=wordings_for(it, viewer))
    if form.is_valid():
        try:
            respond(it, said, form.said, Actor.of(viewer))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The response is saved."))
            return redirect(following(request, it, said, viewer))
    context = {**form_context(it, _("Response")), **shown, "submit": _("Save")}
    context["cancel"] = reverse("agreements:compilation", args=[it.key])
    return form_page(request, form, "agreements/consultation/respond.html", **context)


def standing(said: Comment | Reply) -> dict[str, str]:
    found = response_to(said)
    if found is None:
        return {"outcome": "", "why": "", "led_to": ""}
    return {"outcome": found.outcome, "why": found.why, "led_to": found.led_to}


def wordings_for(it: Consultation, viewer: Viewer) -> list[Wording]:
    """What it may have led to: all that this draft says, and the versions that came after it."""
    later = Version.objects.visible_to(viewer).filter(agreement=it.agreement)
    versions = later.filter(pk__gte=it.version_id).select_related("agreement").order_by("-pk")
    return wordings_among(list(versions[:MOST_VERSIONS]), viewer)


def following(request: HttpRequest, it: Consultation, said: Any, viewer: Viewer) -> str:
    """The next comment that lacks a response, if one goes on; else back to what was said."""
    if request.POST.get("do") == "next":
        rows = without_response(comments_of(it, viewer), viewer).order_by("place", "key")
        if found := rows.first():
            return reverse("agreements:respond-to-comment", args=[it.key, found.key])
    return str(said.get_absolute_url())
