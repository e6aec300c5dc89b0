"""All comments, section by section, with what became of each: as a page, as files and for a document."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements.consulting.compiling import (
    answers_of,
    comments_of,
    compilation_of,
    narrowed,
    positions,
    replies_of,
    respond_to,
    tell_fates,
)
from tillit.agreements.consulting.rules import may_respond
from tillit.agreements.forms_consultation import CommentsForm, RepliesForm
from tillit.agreements.models import Consultation
from tillit.agreements.views.consultation.fetching import consultation_of, crumbs_of
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.crumbs import Crumbs


def said_of(row: Any, name: str) -> Any:
    return getattr(row.responded, name) if row.responded else ""


def outcome_of(row: Any) -> str:
    return row.responded.get_outcome_display() if row.responded else ""


def listing_for(it: Consultation, viewer: Viewer) -> Listing:
    def prepare(rows: Any) -> None:
        respond_to(rows, viewer)

    return Listing(
        gettext_lazy("Comments"),
        "sammanstallning",
        [
            Column(gettext_lazy("Section"), lambda row: row.section_title),
            Column(gettext_lazy("Organisation"), lambda row: row.reply.consulted.called),
            Column(gettext_lazy("Quotation"), lambda row: row.quotation),
            Column(gettext_lazy("Comment"), lambda row: row.text),
            Column(gettext_lazy("Late"), lambda row: _("yes") if row.reply.is_late else ""),
            Column(gettext_lazy("What became of it"), outcome_of),
            Column(gettext_lazy("Why"), lambda row: said_of(row, "why")),
            Column(gettext_lazy("Led to"), lambda row: said_of(row, "led_to") or ""),
        ],
        "agreements/consultation/compilation.html",
        by=("place", "key"),
        prepare=prepare,
        more_in_files=[Column(gettext_lazy("Key"), lambda row: row.key)],
    )


@open_to(anyone)
def compilation(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    it = consultation_of(viewer, key)
    sections = tell_fates([], it, viewer)
    form = CommentsForm(request.GET, sections=sections)
    rows = comments_of(it, viewer)
    if form.is_valid():
        asked = form.cleaned_data
        rows = narrowed(rows, viewer, asked["section"], asked["response"])
    context: dict[str, Any] = {}
    if as_ == "page":
        context = {
            "consultation": it,
            "crumbs": crumbs_of(it),
            "positions": positions(replies_of(it, viewer)),
            "questions": list(it.questions.all()),
            "responds": may_respond(viewer, it),
        }
    return listing_for(it, viewer).respond(request, rows, form, as_, **context)


QUESTIONS = Listing(
    gettext_lazy("Answers to the questions"),
    "fragor",
    [
        Column(gettext_lazy("Question"), lambda row: row.question.text),
        Column(gettext_lazy("Organisation"), lambda row: row.reply.consulted.called),
        Column(gettext_lazy("Answer"), lambda row: row.text),
    ],
    "agreements/consultation/question_answers.html",
    by=("question__number", "key"),
    more_in_files=[Column(gettext_lazy("Key"), lambda row: row.key)],
)


@open_to(anyone)
def question_answers(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    it = consultation_of(viewer, key)
    form = RepliesForm(request.GET)
    rows = answers_of(it, viewer)
    if form.is_valid() and form.cleaned_data["position"]:
        rows = rows.filter(reply__position=form.cleaned_data["position"])
    context = {"consultation": it, "crumbs": crumbs_to_compilation(it)}
    return QUESTIONS.respond(request, rows, form, as_, **context)


def crumbs_to_compilation(it: Consultation) -> Crumbs:
    url = reverse("agreements:compilation", args=[it.key])
    return [*crumbs_of(it), (_("Compilation"), url)]


@open_to(anyone)
def compilation_document(request: HttpRequest, key: str) -> HttpResponse:
    """The whole of it on one page, to print and to keep."""
    viewer = viewer_of(request)
    it = consultation_of(viewer, key)
    context = {
        "compilation": compilation_of(it, viewer, today()),
        "consultation": it,
        "crumbs": crumbs_to_compilation(it),
    }
    return render(request, "agreements/consultation/compilation_page.html", context)
