"""The guide that brings an empty installation to its first invitation, step by step."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.accounts.actions import sign_in
from tillit.accounts.models import User
from tillit.kit.access import WRITING, anyone, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.forms import take_errors
from tillit.register.rules import administers
from tillit.site import beginning, first_code
from tillit.site.checklist import invitations, second_way
from tillit.site.forms.base import StepForm
from tillit.site.forms.first import AdministratorForm, FirstCodeForm
from tillit.site.frontage import forget, frontage
from tillit.site.models import Postponement
from tillit.site.state import State
from tillit.site.steps import Progress, Step, step_named

SHOWN = "first-code"  # in the session: what proves that the code was written here
WAY = "first_code"


@open_to(anyone, methods=WRITING)
def guide(request: HttpRequest) -> HttpResponseBase:
    """The beginning: the code from the terminal. Who administers goes on to where the guide is."""
    viewer = viewer_of(request)
    if administers(viewer):
        following = Progress(State.of(viewer)).next
        return HttpResponseRedirect(following.url if following else reverse("site:guide-done"))
    if request.method != "POST" and SHOWN in request.session:
        return HttpResponseRedirect(reverse("site:guide-administrator"))
    form = FirstCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and try_code(request, form):
        return HttpResponseRedirect(reverse("site:guide-administrator"))
    context = {"form": form, "waiting": first_code.is_waiting(timezone.now())}
    return private(render(request, "site/guide/code.html", context, status=status_of(form)))


def try_code(request: HttpRequest, form: FirstCodeForm) -> bool:
    try:
        request.session[SHOWN] = first_code.attempt(form.cleaned_data["code"], timezone.now())
    except first_code.Wrong as wrong:
        form.add_error("code", wrong_words(wrong.left))
    except first_code.Gone:
        form.add_error("code", _("That code is no longer good. Make a new one: tillit code"))
    else:
        request.session.cycle_key()
        return True
    return False


def wrong_words(left: int) -> str:
    if not left:
        return _("That isn't the code, and there are no more tries. Make a new one: tillit code")
    return ngettext(
        "That isn't the code. There is one more try.",
        "That isn't the code. There are %(left)s more tries.",
        left,
    ) % {"left": left}


@open_to(anyone, methods=WRITING)
def administrator(request: HttpRequest) -> HttpResponseBase:
    """The first administrator, for who has just written the code."""
    shown = request.session.get(SHOWN)
    if not shown:
        return HttpResponseRedirect(reverse("site:guide"))
    form = AdministratorForm(request.POST or None, viewer=viewer_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            user = beginning.make_administrator(form, shown, timezone.now())
        except first_code.Gone:
            del request.session[SHOWN]
            messages.warning(request, _("The code has been used meanwhile, or is too old."))
            return HttpResponseRedirect(reverse("site:guide"))
        del request.session[SHOWN]
        return sign_in(request, user, WAY, onward=reverse("site:guide"))
    context = {"form": form}
    return private(
        render(request, "site/guide/administrator.html", context, status=status_of(form))
    )


@open_to(administers, methods=WRITING)
def step(request: HttpRequest, step: str) -> HttpResponseBase:
    viewer, found = viewer_of(request), step_named(step)
    if request.method == "POST" and "later" in request.POST and found.may_wait:
        postpone(found, viewer)
        return HttpResponseRedirect(onward(viewer, found))
    form = form_of(request, found)
    if request.method == "POST" and form.is_valid() and save(request, found, form):
        return HttpResponseRedirect(found.url if form.stays else onward(viewer, found))
    progress = Progress(State.of(viewer), found.name)
    context = {"form": form, "step": found, "progress": progress, "back": progress.before(found)}
    return private(render(request, "site/guide/step.html", context, status=status_of(form)))


@open_to(administers, methods=WRITING)
def done(request: HttpRequest) -> HttpResponseBase:
    """What comes now: the first person of each side's secretariat. Not before both sides are named."""
    viewer = viewer_of(request)
    state = State.of(viewer)
    progress = Progress(state)
    if progress.must:
        return HttpResponseRedirect(progress.must.url)
    if request.method == "POST":
        finish(viewer)
        return HttpResponseRedirect(reverse("site:desk"))
    context = {
        "state": state,
        "progress": progress,
        "invitations": invitations(state, request.path),
        "second_way": second_way(request.user) if isinstance(request.user, User) else [],
        "is_open": not frontage().being_set_up,
    }
    return private(render(request, "site/guide/done.html", context))


def form_of(request: HttpRequest, step: Step) -> StepForm:
    viewer = viewer_of(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    return step.form(*data, viewer=viewer, installation=State.of(viewer).installation)


def save(request: HttpRequest, step: Step, form: StepForm) -> bool:
    """Keep the form, and tell what to mind. False when it could not be kept after all."""
    try:
        with transaction.atomic():
            warnings = form.save(Actor.of(viewer_of(request)))
            Postponement.objects.filter(step=step.name).delete()
    except ValidationError as error:  # somebody else was first
        take_errors(form, error)
        return False
    forget()
    for warning in warnings:
        messages.warning(request, str(warning))
    for level, words in form.afterwards():
        messages.add_message(request, level, words)
    return True


def postpone(step: Step, viewer: Viewer) -> None:
    Postponement.objects.get_or_create(step=step.name, defaults={"by": viewer.identity.person})


def onward(viewer: Viewer, step: Step) -> str:
    """Where the guide goes on after a step; from its last one to the end, where the doors open."""
    following = Progress(State(timezone.localdate()), step.name).after(step)
    if following is not None:
        return following.url
    finish(viewer)
    return reverse("site:guide-done")


def finish(viewer: Viewer) -> None:
    beginning.finish(viewer, timezone.now())
    forget()


def status_of(form: Any) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
