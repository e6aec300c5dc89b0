"""Preparing a consultation: its words, its questions; or throwing it away."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tillit.agreements.consulting import preparing
from tillit.agreements.consulting.rules import may_prepare
from tillit.agreements.crumbs import crumbs_of as crumbs_of_agreement
from tillit.agreements.forms_consultation import ConsultationForm, QuestionForm
from tillit.agreements.models import Consultation, ConsultationQuestion, Version
from tillit.agreements.rules import may_edit_version
from tillit.agreements.views.consultation.fetching import form_context, kept_by
from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.forms import SealedForm, form_page, posted, take_errors

WORDS = tuple(ConsultationForm.base_fields.keys() - {"seen"})


@open_to(signed_in, methods=WRITING)
def new_consultation(request: HttpRequest, key: str, version: str) -> HttpResponse:
    """Begin one on a draft."""
    viewer = viewer_of(request)
    rows = Version.objects.visible_to(viewer).select_related("agreement")
    of_version = Q(key=f"{key}.{version}") | Q(key=version)
    draft = get_object_or_404(rows, of_version, agreement__key=key)
    insist(viewer, may_edit_version, draft)
    title = _("Consultation on %(version)s") % {"version": draft}
    initial = {"title": title[:200], "remind_before": 7}
    form = ConsultationForm(
        posted(request),
        standing={},
        initial={**initial, "is_open_to_all": True, "has_public_answers": True},
    )
    if form.is_valid():
        try:
            it = preparing.begin(draft, form.cleaned_data, Actor.of(viewer))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("It is being prepared. The parties alone see it."))
            return redirect(it)
    context = {
        "title": _("Send the draft out for consultation"),
        "lede": str(draft),
        "crumbs": [*crumbs_of_agreement(draft.agreement), (draft.label, draft.get_absolute_url())],
        "cancel": draft.get_absolute_url(),
        "submit": _("Begin"),
    }
    return form_page(request, form, **context)


@open_to(signed_in, methods=WRITING)
def words(request: HttpRequest, key: str) -> HttpResponse:
    """Its title, introduction and days."""
    viewer = viewer_of(request)
    it = kept_by(viewer, key, may_prepare)
    form = ConsultationForm(posted(request), standing=standing(it))
    if form.is_valid() and saved(form, it, Actor.of(viewer)):
        messages.success(request, _("Saved."))
        return redirect(it)
    context = form_context(it, _("Words and days"))
    return form_page(request, form, submit=_("Save"), **context)


def standing(it: Consultation) -> dict[str, Any]:
    values = {name: getattr(it, name) for name in WORDS}
    days = {name: str(values[name] or "") for name in ("deadline", "closes")}
    return {**values, **days}


def saved(form: SealedForm, it: Consultation, actor: Actor) -> bool:
    try:
        preparing.rewrite(it, form.cleaned_data, actor)
    except ValidationError as error:
        take_errors(form, error)
    return not form.errors


@open_to(signed_in, methods=WRITING)
def throwing_away(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = kept_by(viewer, key, may_prepare)
    if request.method == "POST":
        preparing.throw_away(it, Actor.of(viewer))
        messages.success(request, _("It has been thrown away."))
        return redirect(it.version)
    context = form_context(it, _("Throw it away?"))
    form = SealedForm(standing={})
    return form_page(request, form, submit=_("Throw it away"), danger=True, **context)


@open_to(signed_in, methods=WRITING)
def new_question(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = kept_by(viewer, key, may_prepare)
    form = QuestionForm(posted(request), standing={}, sections=it.version.sections.all())
    if form.is_valid():
        preparing.ask(it, form.cleaned_data, Actor.of(viewer))
        messages.success(request, _("The question is added."))
        return redirect(it)
    return form_page(request, form, submit=_("Add"), **form_context(it, _("A new question")))


@open_to(signed_in, methods=WRITING)
def question(request: HttpRequest, key: str, question: str) -> HttpResponse:
    """Change a question, or take it away."""
    viewer = viewer_of(request)
    it = kept_by(viewer, key, may_prepare)
    rows = ConsultationQuestion.objects.visible_to(viewer).select_related("section")
    found = get_object_or_404(rows.filter(consultation=it), key=question)
    found.consultation = it
    if request.POST.get("do") == "remove":
        preparing.ask_no_more(found, Actor.of(viewer))
        messages.success(request, _("The question is taken away."))
        return redirect(it)
    values = {"text": found.text, "section": found.section.key if found.section else ""}
    form = QuestionForm(posted(request), standing=values, sections=it.version.sections.all())
    if form.is_valid():
        preparing.ask_otherwise(found, form.cleaned_data, Actor.of(viewer))
        messages.success(request, _("Saved."))
        return redirect(it)
    context = form_context(it, _("Question"))
    template = "agreements/consultation/question.html"
    return form_page(request, form, template, submit=_("Save"), **context)
