"""The applicant's own page: whoever has its link may act as the applicant. Opening it does nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, anyone, open_to
from tillit.kit.forms import form_page
from tillit.kit.refusal import Refused
from tillit.kit.unlisted import unlisted
from tillit.register.applying import answer, by_link, confirm, withdraw
from tillit.register.forms.membership import AnswerForm
from tillit.register.models import Application, Supplement


@open_to(anyone, methods=WRITING)
def own_application(request: HttpRequest, token: str) -> HttpResponse:
    application = Application.by_token(token)
    if application is None:
        raise Refused(
            _("This link has been cut off, or is too old. Use the one in the latest mail."), 404
        )
    question = application.supplements.filter(answered_at=None).first()
    form = AnswerForm(None)
    if request.method == "POST":
        form = AnswerForm(request.POST if request.POST.get("do") == "answer" else None)
        if done(request, application, question, form):
            return redirect(request.path)
    return page(request, application, question, form)


def done(
    request: HttpRequest, application: Application, question: Supplement | None, form: AnswerForm
) -> bool:
    """Whether what was asked for could be done."""
    now, actor = timezone.now(), by_link(application)
    match request.POST.get("do"):
        case "confirm":
            confirm(application, now)
            messages.success(request, _("Thank you. The application has been received."))
        case "withdraw":
            withdraw(application, actor, now)
            messages.success(request, _("The application has been withdrawn."))
        case "answer" if question is not None:
            if not form.is_valid():
                return False
            answer(question, form.cleaned_data["answer"], actor, now)
            messages.success(request, _("Thank you. Your answer has been sent."))
        case _:
            raise Refused(_("That can't be done with this application now."), 409)
    return True


def page(
    request: HttpRequest, application: Application, question: Supplement | None, form: AnswerForm
) -> HttpResponse:
    decisions = application.decisions.standing()
    context: dict[str, Any] = {
        "application": application,
        "umbrella": application.umbrella,
        "question": question,
        "answered": application.supplements.exclude(answered_at=None),
        "decision": decisions.first(),
    }
    return unlisted(form_page(request, form, "register/membership/own.html", **context))
