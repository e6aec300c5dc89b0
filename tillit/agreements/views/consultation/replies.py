"""The answers: all of them as a list and files, and each with its comments and what became of them."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements.consulting.compiling import replies_of, respond_to
from tillit.agreements.consulting.parts import Answer
from tillit.agreements.consulting.rules import may_follow, may_respond
from tillit.agreements.forms_consultation import RepliesForm
from tillit.agreements.models import Reply
from tillit.agreements.views.consultation.fetching import consultation_of, crumbs_of
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.exports import Column
from tillit.kit.listing import Listing

LISTING = Listing(
    gettext_lazy("Answers"),
    "svar",
    [
        Column(
            gettext_lazy("Organisation"),
            lambda row: row.consulted.called,
            lambda row: row.get_absolute_url(),
        ),
        Column(
            gettext_lazy("Position"),
            lambda row: row.get_position_display(),
            template="agreements/consultation/cells/position.html",
        ),
        Column(gettext_lazy("Comments"), lambda row: row.comment_count),
        Column(gettext_lazy("Sent"), lambda row: timezone.localdate(row.submitted_at)),
        Column(gettext_lazy("Late"), lambda row: _("yes") if row.is_late else ""),
    ],
    "agreements/consultation/replies.html",
    more_in_files=[
        Column(gettext_lazy("About the whole"), lambda row: row.text),
        Column(gettext_lazy("Key"), lambda row: row.key),
    ],
)


@open_to(anyone)
def reply_list(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    it = consultation_of(viewer, key)
    form = RepliesForm(request.GET)
    rows: Any = replies_of(it, viewer).annotate(comment_count=Count("comments"))
    if form.is_valid() and form.cleaned_data["position"]:
        rows = rows.filter(position=form.cleaned_data["position"])
    context = {"consultation": it, "crumbs": crumbs_of(it)}
    return LISTING.respond(request, rows, form, as_, **context)


@open_to(anyone)
def reply(request: HttpRequest, key: str, reply: str) -> HttpResponse:
    """One answer, also one that was replaced, for those who may read it."""
    viewer = viewer_of(request)
    it = consultation_of(viewer, key)
    rows = Reply.objects.visible_to(viewer).exclude(submitted_at=None).filter(consultation=it)
    found = get_object_or_404(
        rows.select_related("consulted__organisation", "organisation"), key=reply
    )
    found.consultation = found.consulted.consultation = it
    answer = Answer(found.consulted, found)
    respond_to([found], viewer)
    respond_to(answer.comments, viewer)
    listed = reverse("agreements:replies", args=[it.key])
    context = {
        "consultation": it,
        "reply": found,
        "answer": answer,
        "crumbs": [*crumbs_of(it), (_("Answers"), listed)],
        "responds": may_respond(viewer, it) and found.replaced_by_id is None,
        "names": may_follow(viewer, it),
    }
    return render(request, "agreements/consultation/reply.html", context)
