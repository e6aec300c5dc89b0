"""The page on which a member answers: by the link, signed in, or the office on the phone.

Opening it changes nothing: mail scanners open links before people do.
"""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.enquiries import answering
from tillit.enquiries.answering import Answerer
from tillit.enquiries.models import Asked, Way
from tillit.enquiries.rules import may_answer, may_ask_members
from tillit.enquiries.sending import locked
from tillit.enquiries.steps import LAST, Answer
from tillit.kit.access import WRITING, anyone, open_to, signed_in, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.forms import SealedForm
from tillit.kit.refusal import Refused
from tillit.kit.unlisted import unlisted
from tillit.post.harmless import Prose
from tillit.post.rendering import on_a_page

RELATED = ("enquiry", "umbrella__secretariat", "member__secretariat")
HERE = "#nu"  # where the part is that is to be answered now


@open_to(anyone, methods=WRITING)
def answer(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """By the link: whoever has it answers for the member."""
    found = Asked.by_token(token, *RELATED)
    if found is None or found.enquiry.key != key:
        raise Refused(
            _("This link has been cut off, or is too old. Use the one in the latest mail."), 404
        )
    viewer = viewer_of(request)
    signed_in_for_it = may_answer(viewer, found.member)
    way = Way.SIGNED_IN if signed_in_for_it else Way.LINK
    return respond(request, found, way, viewer if signed_in_for_it else Viewer())


@open_to(signed_in, methods=WRITING)
def answer_for(request: HttpRequest, key: str, member: str) -> HttpResponse:
    """Signed in: who edits for the member, or the umbrella's office, on the phone with it."""
    viewer = viewer_of(request)
    rows = Asked.objects.visible_to(viewer).select_related(*RELATED)
    found = get_object_or_404(rows, enquiry__key=key, member__key=member)
    if may_answer(viewer, found.member):
        return respond(request, found, Way.SIGNED_IN, viewer)
    if may_ask_members(viewer, found.umbrella):
        return respond(request, found, Way.OFFICE, viewer)
    raise PermissionDenied


def respond(request: HttpRequest, found: Asked, way: Way, viewer: Viewer) -> HttpResponse:
    now = timezone.now()
    if (
        not found.enquiry.memberships_on(timezone.localdate(now))
        .filter(member=found.member)
        .exists()
    ):
        return closed(request, found, left=True)
    if not answering.is_open(found, now):
        return closed(request, found, left=False)
    if request.method == "POST":
        return take(request, found, way, viewer, now)
    step = request.GET.get("del", "")
    return page(request, Answer(Answerer(way, found, viewer), now, step))


def take(
    request: HttpRequest, found: Asked, way: Way, viewer: Viewer, now: datetime
) -> HttpResponse:
    name = request.POST.get("step", "")
    with transaction.atomic():
        it = Answer(Answerer(way, locked(found), viewer), now, name)
        answering.must_be_open(it.asked, now)
        was_answered = it.asked.is_answered
        form = it.take(name, request.POST.get("do", ""), request.POST)
        transaction.set_rollback(form is not None)
    if form is not None:
        return page(request, it, form)
    if name == LAST:
        messages.success(request, _("Thank you. Your answer has been sent."))
    elif was_answered:
        messages.success(request, _("Saved."))
    more = request.POST.get("do") == "more"
    return redirect(f"{request.path}{'?del=contacts' if more else ''}{HERE}")


def page(
    request: HttpRequest, it: Answer, form: SealedForm | None = None, *, preview: bool = False
) -> HttpResponse:
    asked, current = it.asked, it.current
    context: dict[str, Any] = {
        "answer": it,
        "asked": asked,
        "enquiry": asked.enquiry,
        "umbrella": asked.umbrella,
        "member": asked.member,
        "by_phone": it.who.way == Way.OFFICE and not preview,
        "preview": preview,
        "steps": it.steps,
        "current": current,
        "form": form or (it.form(current) if current else None),
        **shown_beside(it, current, form),
    }
    if not asked.is_begun and not asked.is_answered:
        context["introduction"] = on_a_page(Prose(asked.enquiry.introduction))
    return unlisted(render(request, "enquiries/answer.html", context, status=422 if form else 200))


def shown_beside(it: Answer, current: str, wrong: SealedForm | None) -> dict[str, Any]:
    """What a part shows as it stands, and the form that mends it, opened when something is wrong."""
    if current == "details":
        fill_in = wrong if wrong and "name" in wrong.fields else it.form("details")
        return {"facts": it.details.facts, "mend": fill_in, "mending": fill_in is wrong}
    if current == "contacts":
        is_filled = wrong is not None and "new-name" in wrong.fields
        fill_in = wrong if is_filled and wrong else it.contacts_form()
        shown = {"contacts": it.details.contacts, "new_contacts": it.details.new_contacts}
        return {**shown, "mend": fill_in, "mending": is_filled or it.asked_step == current}
    return {}


def closed(request: HttpRequest, asked: Asked, *, left: bool) -> HttpResponse:
    """Nothing can be answered any more. What was answered is shown as long as the link leads here."""
    context = {
        "asked": asked,
        "enquiry": asked.enquiry,
        "umbrella": asked.umbrella,
        "member": asked.member,
        "left": left,
        "answers": asked.answers.select_related("question") if not left else [],
    }
    status = 409 if request.method == "POST" else 200
    return unlisted(render(request, "enquiries/answer_closed.html", context, status=status))
