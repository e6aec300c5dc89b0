"""All comments, section by section, with what became of each: as a page, as files and for a document."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.agreements.consulting.compiling import (
    answers_of,
    comments_of,
    narrowed,
    on_the_whole,
    positions,
    replies_of,
    respond_to,
    tell_fates,
)
from tillit.agreements.consulting.documenting import (
    circle_for,
    document_for,
    formats_of,
    is_short,
)
from tillit.agreements.consulting.rules import may_respond
from tillit.agreements.forms_consultation import CommentsForm, RepliesForm
from tillit.agreements.models import Consultation
from tillit.agreements.views.consultation.fetching import consultation_of, crumbs_of
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.documents import keeping
from tillit.kit.documents.asking import ask
from tillit.kit.documents.document import Form
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.crumbs import Crumbs


def said_of(row: Any, name: str) -> Any:
    return getattr(row.responded, name) if row.responded else ""


def led_to_of(row: Any) -> str:
    wording = said_of(row, "wording")
    return f"{wording.version.label}, {wording.called}" if wording else ""


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
            Column(gettext_lazy("Led to"), led_to_of),
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
            "on_the_whole": [] if is_part(request) else on_the_whole(it, viewer),
        }
    return listing_for(it, viewer).respond(request, rows, form, as_, **context)


def is_part(request: HttpRequest) -> bool:
    """Whether a later page is asked for, or some of the comments."""
    return any(request.GET.get(name) for name in request.GET)


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
    back = {"title": _("Compilation"), "url": reverse("agreements:compilation", args=[it.key])}
    formats = formats_of(it, short=is_short(it, viewer))
    return document_for(it, viewer, today()).page(request, back=back, formats=formats)


@open_to(anyone)
def compilation_file(request: HttpRequest, key: str, form: Form) -> HttpResponse:
    """A short one, made now. A long one is ordered from its page."""
    viewer = viewer_of(request)
    it = consultation_of(viewer, key)
    if not is_short(it, viewer):
        return redirect("agreements:compilation-document", it.key)
    return keeping.answer(document_for(it, viewer, today()), form, name_of(it), it.subject)


@open_to(anyone, methods=("POST",))
def compilation_order(request: HttpRequest, key: str, form: Form) -> HttpResponse:
    """A long one is made by a worker, and has a page on which one waits for it."""
    viewer = viewer_of(request)
    it = consultation_of(viewer, key)
    called = {"name": name_of(it), "title": it.title}
    return redirect(ask(it.subject, form, circle_for(it, viewer), called, timezone.now()))


def name_of(it: Consultation) -> str:
    return str(it.key).replace(".", "-")
