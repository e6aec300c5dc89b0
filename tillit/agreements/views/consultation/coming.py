"""The way to one's answer: signed in for an organisation, or by naming oneself and an address."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tillit.accounts.limits import Limited, take
from tillit.agreements.consulting import rules
from tillit.agreements.consulting.answering import closed_words, name_oneself
from tillit.agreements.forms_reply import NameForm
from tillit.agreements.models import Consultation
from tillit.agreements.views.consultation.fetching import consultation_of, form_context
from tillit.kit.access import WRITING, anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted
from tillit.register.models import Organisation
from tillit.register.standing import chosen_mandate


@open_to(anyone, methods=WRITING)
def come_to_answer(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    it = consultation_of(viewer, key)
    own = speaks_for(viewer)
    if own and request.method != "POST":
        return redirect("agreements:answer-for", it.key, own.key)
    if not it.takes_answers_on(today()) or not it.is_open_to_all:
        return turned_away(request, it)
    form = NameForm(posted(request))
    if form.is_valid():
        try:
            take(request, "consult", form.cleaned_data["email"])
        except Limited:
            form.add_error(
                None, _("That was as often as a link may be sent for now. Try tomorrow.")
            )
        else:
            name_oneself(it, form.cleaned_data, get_language() or "sv", timezone.now())
            said = {"email": form.cleaned_data["email"]}
            return render(request, "agreements/consultation/link_sent.html", around(it, said))
    template = "agreements/consultation/come.html"
    return form_page(request, form, template, submit=_("Send me the link"), **around(it, {}))


def speaks_for(viewer: Viewer) -> Organisation | None:
    mandate = chosen_mandate(viewer)
    own: Organisation | None = mandate.organisation if mandate else None
    return own if own and rules.may_answer_for(viewer, own) else None


def around(it: Consultation, more: dict[str, Any]) -> dict[str, Any]:
    return {**form_context(it, _("Answer the consultation")), **more}


def turned_away(request: HttpRequest, it: Consultation) -> HttpResponse:
    """That it is not open, or not to all, with whom to write to."""
    words = _("It has not been sent out yet.")
    if it.is_open:
        words = _("Those who were invited answer by the link in their mail, or signed in.")
    if it.is_closed or (it.is_open and not it.takes_answers_on(today())):
        words = closed_words(it)
    context = around(it, {"words": words})
    status = 409 if request.method == "POST" else 200
    return render(request, "agreements/consultation/turned_away.html", context, status=status)
