"""A step is taken with a record: it is established, attested, received, sent or weeded."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import WRITING, open_to, signed_in
from tillit.kit.changes import Actor
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted, take_errors
from tillit.kit.refusal import Refused
from tillit.records.actions import take_step, weed
from tillit.records.actions.steps import NOT_ALONE
from tillit.records.choices import State
from tillit.records.forms.steps import StepForm
from tillit.records.models import RecordStep
from tillit.records.reading import Reading
from tillit.records.rules import may_keep, may_weed
from tillit.records.views.fetching import around, reading_for

# How each step is called in its address.
WORDS = {
    State.ESTABLISHED: "upprattad",
    State.RECEIVED: "inkommen",
    State.ATTESTED: "justerad",
    State.SENT: "expedierad",
}
STEPS = {word: state for state, word in WORDS.items()}
TITLES = {
    State.ESTABLISHED: gettext_lazy("Establish the record"),
    State.RECEIVED: gettext_lazy("Note that it was received"),
    State.ATTESTED: gettext_lazy("Attest the record"),
    State.SENT: gettext_lazy("Note that it was sent out"),
}
LEDES = {
    State.ESTABLISHED: gettext_lazy(
        "From then on the file is never replaced, nor is the record taken away."
    ),
    State.RECEIVED: gettext_lazy(
        "From then on the file is never replaced, nor is the record taken away."
    ),
    State.ATTESTED: gettext_lazy("Those who were to look through it say that it is right."),
    State.SENT: gettext_lazy("Each time that it is sent out is a step of its own."),
}


@open_to(signed_in, methods=WRITING)
def step(request: HttpRequest, key: str, word: str) -> HttpResponse:
    if word not in STEPS:
        raise Http404
    state = STEPS[word]
    reading = reading_for(request, key, may_keep)
    if state not in reading.next_steps and request.method != "POST":
        raise Refused(_("This step can't be taken now."), 409)
    form = StepForm(posted(request), step=state, initial=initially(reading))
    if form.is_valid() and taken(form, reading, state):
        messages.success(request, _("Saved."))
        return redirect(reading.record)
    return form_page(
        request,
        form,
        title=TITLES[state],
        lede=f"{reading.record.title}. {LEDES[state]}",
        submit=TITLES[state],
        **around(reading.record),
    )


def initially(reading: Reading) -> dict[str, Any]:
    return {"dated": today().isoformat(), "by": reading.viewer.identity.name}


def taken(form: StepForm, reading: Reading, state: State) -> bool:
    """Whether it could be taken; otherwise the form says why not."""
    it = RecordStep(kind=state, **form.cleaned_data)
    try:
        take_step(reading.record, it, Actor.of(reading.viewer))
    except ValidationError as error:
        take_errors(form, error)
    except Refused as refused:
        form.add_error(None, str(refused))
    return form.is_valid()


@open_to(signed_in, methods=WRITING)
def weeding(request: HttpRequest, key: str) -> HttpResponse:
    """What it holds is destroyed, if its keeper's rule says that it may be by now."""
    reading = reading_for(request, key, may_weed)
    due = reading.weeds_from
    if due is None or due > today() or reading.record.is_weeded:
        raise Refused(_("By the rule of who keeps it, it may not be weeded now."), 409)
    if reading.binds_others:
        raise Refused(NOT_ALONE, 409)
    form = StepForm(posted(request), step=State.WEEDED, initial=initially(reading))
    if form.is_valid():
        try:
            weed(reading.record, RecordStep(**form.cleaned_data), Actor.of(reading.viewer))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("The record has been weeded."))
            return redirect(reading.record)
    return form_page(
        request,
        form,
        title=_("Weed the record"),
        lede=reading.record.title,
        submit=_("Destroy the files"),
        danger=True,
        notice={
            "title": _("What it holds is gone then"),
            "text": _(
                "Its files and all copies of them here are destroyed. What the record was, and who "
                "signed it, stays."
            ),
            "tone": "warn",
        },
        **around(reading.record),
    )
