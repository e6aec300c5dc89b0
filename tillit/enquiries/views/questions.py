"""The umbrella's own questions, as long as the enquiry is a draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tillit.enquiries.drafting import (
    add_question,
    move_question,
    remove_question,
    rewrite_question,
)
from tillit.enquiries.forms.enquiry import QuestionForm
from tillit.enquiries.models import Enquiry, Kind, Question
from tillit.enquiries.views.office import enquiry_of, form_context
from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.forms import form_page, posted, take_errors
from tillit.kit.refusal import Refused

NAMES = ("text", "hint", "kind", "alternatives", "is_required", "concerns_persons")
STEPS = {"up": -1, "down": 1}


@open_to(signed_in, methods=WRITING)
def new_question(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    form = QuestionForm(posted(request), standing={}, initial={"kind": Kind.TEXT})
    if form.is_valid():
        try:
            add_question(it, form.cleaned_data, Actor.of(viewer))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The question is there."))
            return redirect(it)
    context = form_context(it, _("A new question"))
    return form_page(request, form, submit=_("Add the question"), **context)


def question_of(viewer: Viewer, it: Enquiry, key: str) -> Question:
    rows = Question.objects.visible_to(viewer).select_related("enquiry__umbrella")
    found: Question = get_object_or_404(rows, enquiry=it, key=key)
    return found


@open_to(signed_in, methods=WRITING)
def question(request: HttpRequest, key: str, question: str) -> HttpResponse:
    """Change a question, or take it away."""
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    found = question_of(viewer, it, question)
    if request.POST.get("do") == "remove":
        remove_question(found, Actor.of(viewer))
        messages.success(request, _("The question has been taken away."))
        return redirect(it)
    standing: dict[str, Any] = {name: getattr(found, name) for name in NAMES}
    form = QuestionForm(posted(request), standing=standing)
    if form.is_valid():
        try:
            rewrite_question(found, form.cleaned_data, Actor.of(viewer))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(it)
    context = form_context(it, _("Change the question"))
    return form_page(request, form, "enquiries/question.html", submit=_("Save"), **context)


@open_to(signed_in, methods=("POST",))
def question_place(request: HttpRequest, key: str, question: str) -> HttpResponse:
    """Move a question up or down."""
    viewer = viewer_of(request)
    it = enquiry_of(viewer, key)
    steps = STEPS.get(request.POST.get("do", ""))
    if steps is None:
        raise Refused(_("Say whether it goes up or down."))
    move_question(question_of(viewer, it, question), steps, Actor.of(viewer))
    return redirect(f"{it.get_absolute_url()}#fragor")
