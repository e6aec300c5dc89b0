"""A side says go ahead: it sees what it is of, and what the other side has said."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.agreements.choices import Matter
from tillit.agreements.consulting.agreeing import Agreed, Word, agreed_on, say, take_back
from tillit.agreements.consulting.rules import may_say, side_that_says
from tillit.agreements.forms_consultation import LaterDayForm
from tillit.agreements.models import Consultation
from tillit.agreements.views.consultation.fetching import form_context, kept_by
from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.contributions import links_to
from tillit.kit.days import DayError, read_day, today
from tillit.kit.forms import form_page

TEMPLATE = "agreements/consultation/go_ahead.html"


@open_to(signed_in, methods=WRITING)
def go_ahead(request: HttpRequest, key: str, matter: str) -> HttpResponse:
    """To sending it out, a later last day, closing it, or publishing the responses."""
    if matter not in Matter.values:
        raise Http404
    viewer, of = viewer_of(request), Matter(matter)
    it = kept_by(viewer, key, may_say)
    side, actor, now = side_that_says(viewer, it), Actor.of(viewer), timezone.now()
    if request.POST.get("do") == "back":
        take_back(it, of, side, actor, now)
        messages.success(request, _("Your side has taken it back."))
        return redirect(it)
    form = day_form(request, of)
    agreed = agreed_on(it, of, day_of(request, form))
    if request.method == "POST" and form.is_valid() and (agreed.day or of != Matter.PROLONG):
        word = Word(side, of, request.POST.get("stood", "") or agreed.stood, agreed.day)
        done = say(it, word, actor, now)
        messages.success(request, done_words(of, done=done))
        return redirect(it)
    return form_page(request, form, TEMPLATE, **around(it, agreed, side, request))


def day_form(request: HttpRequest, matter: Matter) -> Any:
    """A new last day takes a day; the rest takes none."""
    if matter != Matter.PROLONG or request.POST.get("day_agreed"):
        return forms.Form(request.POST if request.method == "POST" else None)
    return LaterDayForm(request.POST if request.method == "POST" else None)


def day_of(request: HttpRequest, form: Any) -> date | None:
    """The new last day: the one that is proposed already, or the one that is typed."""
    if text := request.POST.get("day_agreed", ""):
        try:
            return read_day(text, today())
        except DayError:
            return None
    is_typed = form.is_bound and form.is_valid()
    return form.cleaned_data.get("day") if is_typed else None


def done_words(matter: Matter, *, done: bool) -> str:
    if not done:
        return _("Your side has said go ahead. It is done when the other side has, too.")
    return {
        Matter.OPEN: _(
            "Both sides have said go ahead. It is out, and those asked are being written to."
        ),
        Matter.PROLONG: _("Both sides have said go ahead. It has another last day."),
        Matter.CLOSE: _("Both sides have said go ahead. It is closed."),
        Matter.PUBLISH: _("Both sides have said go ahead. The responses are public."),
    }[matter]


def around(it: Consultation, agreed: Agreed, side: str, request: HttpRequest) -> dict[str, Any]:
    people = [row.by for row in agreed.said.values()]
    return {
        **form_context(it, agreed.title),
        "agreed": agreed,
        "own_side": side,
        "has_said": agreed.has_said(side),
        "can_take_back": side in agreed.said,
        "people": links_to(people, viewer_of(request)),
    }
