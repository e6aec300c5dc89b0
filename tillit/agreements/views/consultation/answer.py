"""The page on which one answers, part by part: by the link, or signed in for an organisation.

Opening it changes nothing: mail scanners open links before people do.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.agreements.consulting import answering, rules
from tillit.agreements.consulting.answering import Answerer
from tillit.agreements.consulting.parts import SEND, Answer, Part
from tillit.agreements.forms_reply import PartForm, SendForm
from tillit.agreements.models import Consulted, Reply
from tillit.agreements.views.consultation.fetching import consultation_of
from tillit.kit.access import WRITING, anyone, insist, open_to, signed_in, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.forms import SealedForm, take_errors
from tillit.kit.refusal import Refused
from tillit.kit.unlisted import unlisted
from tillit.register.models import Organisation

HERE = "#nu"  # where the part is that is written on now
RELATED = ("consultation__version__agreement", "organisation")


@open_to(anyone, methods=WRITING)
def answer_by_link(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Whoever has the link answers for the one that was asked."""
    found, viewer = by_link(request, key, token)
    return respond(request, found, viewer)


def by_link(request: HttpRequest, key: str, token: str) -> tuple[Consulted, Viewer]:
    """The one asked, and the viewer, who is nobody unless signed in for it. Raises Refused."""
    found = Consulted.by_token(token, *RELATED)
    if found is None or found.consultation.key != key:
        raise Refused(
            _("This link has been cut off, or is too old. Use the one in the latest mail."), 404
        )
    viewer, own = viewer_of(request), found.organisation
    speaks = own is not None and rules.may_answer_for(viewer, own)
    return found, viewer if speaks else Viewer()


@open_to(signed_in, methods=WRITING)
def answer_for(request: HttpRequest, key: str, organisation: str) -> HttpResponse:
    """Signed in: who edits for the organisation itself."""
    viewer = viewer_of(request)
    return respond(request, asked_for(viewer, key, organisation), viewer)


def asked_for(viewer: Viewer, key: str, organisation: str) -> Consulted:
    it = consultation_of(viewer, key)
    own = get_object_or_404(Organisation.objects.visible_to(viewer), key=organisation)
    insist(viewer, rules.may_answer_for, own)
    found = answering.for_organisation(it, own)
    if found is None and it.is_closed:
        raise Refused(answering.closed_words(it), 409)
    if found is None:
        raise Refused(_("Your organisation has not been asked."), 404)
    return found


def respond(request: HttpRequest, found: Consulted, viewer: Viewer) -> HttpResponse:
    now = timezone.now()
    if request.method == "POST":
        return take(request, found, viewer, now)
    draft, sent = answering.draft_of(found), answering.sent_of(found)
    if draft is None and sent is not None:
        return redirect(f"{request.path}kvitto/")
    if not found.consultation.takes_answers_on(timezone.localdate(now)):
        return closed(request, found, draft)
    answer = Answer(found, draft)
    return page(request, answer, request.GET.get("del", ""), person=viewer.identity.name)


def take(request: HttpRequest, asked: Consulted, viewer: Viewer, now: datetime) -> HttpResponse:
    """Save a part, send all of it, begin anew, or throw the draft away."""
    do, name = request.POST.get("do", ""), request.POST.get("part", "")
    with transaction.atomic():
        who = Answerer(asked, viewer)
        if not asked.pk:
            answering.must_take_answers(asked.consultation, now)
            asked = answering.come(asked, who.actor, now)
        who = Answerer(answering.locked(asked), viewer)
        if do in {"again", "leave"}:
            return begun_or_left(request, who, do, now)
        answering.must_take_answers(who.consulted.consultation, now)
        draft = answering.draft_of(who.consulted)
        form = sent_in(request, who, draft, name, now)
        transaction.set_rollback(form is not None)
    if form is not None:
        return page(request, Answer(asked, draft), name, form=form)
    return onward(request, asked, draft, name)


def begun_or_left(request: HttpRequest, who: Answerer, do: str, now: datetime) -> HttpResponse:
    if do == "again":
        answering.change_again(who, now)
        messages.success(request, _("What you sent stands until you send this instead."))
        return redirect(request.path)
    answering.leave_draft(who, now)
    messages.success(request, _("The draft has been thrown away."))
    return redirect(request.path)


def sent_in(
    request: HttpRequest, who: Answerer, draft: Reply | None, name: str, now: datetime
) -> SealedForm | None:
    """Save what was sent. Gives the form when it can't be, with what is wrong. Within a transaction."""
    answer = Answer(who.consulted, draft)
    if draft is None and (sent := answering.sent_of(who.consulted)):
        raise Refused(answering.already_sent(sent), 409)
    form: SendForm | PartForm
    try:
        if name == SEND:
            form = SendForm(request.POST, answer=answer)
            if form.is_valid():
                answering.send(who, form.said, now)
        else:
            part = answer.part(name)
            form = PartForm(request.POST, part=part, consultation=who.consulted.consultation)
            if form.is_valid():
                answering.save_part(who, part, form.said, now)
    except ValidationError as error:
        take_errors(form, error)
    return form if form.errors else None


def onward(request: HttpRequest, asked: Consulted, draft: Reply | None, name: str) -> HttpResponse:
    if name == SEND:
        messages.success(request, _("Thank you. Your answer has been sent."))
        return redirect(f"{request.path}kvitto/")
    messages.success(request, _("Saved. It is not sent before you send it."))
    following = {"stay": name, "send": SEND}.get(request.POST.get("do", ""))
    following = following or Answer(asked, draft).after(name)
    return redirect(f"{request.path}?del={following}{HERE}")


def page(
    request: HttpRequest,
    answer: Answer,
    name: str,
    form: SealedForm | None = None,
    person: str = "",
) -> HttpResponse:
    asked = answer.consulted
    it = asked.consultation
    part = answer.part(name) if name and name != SEND else None
    context: dict[str, Any] = {
        "answer": answer,
        "asked": asked,
        "consultation": it,
        "current": name,
        "part": part,
        "form": form or form_for(answer, part, name, person),
        "is_late": it.is_late_on(timezone.localdate()),
        "replaces": answering.sent_of(asked),
        "SEND": SEND,
    }
    template = "agreements/consultation/answer.html"
    return unlisted(render(request, template, context, status=422 if form else 200))


def form_for(answer: Answer, part: Part | None, name: str, person: str) -> SealedForm | None:
    if name == SEND:
        return SendForm(answer=answer, name=person)
    return PartForm(part=part, consultation=answer.consulted.consultation) if part else None


def closed(request: HttpRequest, asked: Consulted, draft: Reply | None) -> HttpResponse:
    """Nothing is taken any more; what was written and never sent is shown to who wrote it."""
    it = asked.consultation
    words = answering.closed_words(it)
    if it.is_prepared:
        words = _("It has not been sent out yet.")
    context = {
        "asked": asked,
        "consultation": it,
        "words": words,
        "answer": Answer(asked, draft) if draft else None,
    }
    return unlisted(render(request, "agreements/consultation/answer_closed.html", context))


@open_to(anyone)
def receipt_by_link(request: HttpRequest, key: str, token: str) -> HttpResponse:
    found, _viewer = by_link(request, key, token)
    return receipt(request, found, reverse("agreements:answer-by-link", args=[key, token]))


@open_to(signed_in)
def receipt_for(request: HttpRequest, key: str, organisation: str) -> HttpResponse:
    found = asked_for(viewer_of(request), key, organisation)
    return receipt(request, found, reverse("agreements:answer-for", args=[key, organisation]))


def receipt(request: HttpRequest, asked: Consulted, back: str) -> HttpResponse:
    """What was said, for one's own papers, and what was said before."""
    sent = answering.sent_of(asked)
    if sent is None:
        return redirect(back)
    it, day = asked.consultation, timezone.localdate()
    earlier = asked.replies.exclude(submitted_at=None).exclude(pk=sent.pk)
    context = {
        "asked": asked,
        "consultation": it,
        "reply": sent,
        "answer": Answer(asked, sent),
        "back": back,
        "earlier": earlier.order_by("submitted_at"),
        "draft": answering.draft_of(asked),
        "replaceable": it.takes_answers_on(day) and not it.is_late_on(day),
    }
    return unlisted(render(request, "agreements/consultation/receipt.html", context))
