"""Two entries side by side, and what is decided of them short of a merge."""

from datetime import timedelta
from itertools import chain
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.duplicates.models import State
from tillit.duplicates.pairing import Decision, decide
from tillit.duplicates.rules import may_either, may_stay, sees_pairs
from tillit.duplicates.views.fetching import Both, both_of, crumbs, crumbs_to, title_of
from tillit.duplicates.views.pairs import VERDICTS
from tillit.kit.access import WRITING, open_to, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.days import today
from tillit.kit.forms import WritingForm, form_page, posted

OFFICES = gettext_lazy(
    "The secretariats that look after them see this, and those whom it is about."
)
LATER = timedelta(days=30)


@open_to(sees_pairs)
def pair(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    both = both_of(viewer, key)
    hindered = both.kind.hindrances(both.one, both.other)
    staying = may_stay(viewer, both.one, both.other, hindered)
    beside = both.kind.beside(both.one, both.other, viewer, today())
    context = {
        "title": title_of(both),
        "pair": both.pair,
        "one": both.one,
        "other": both.other,
        "facts": beside.facts,
        "labels": labels_of(both),
        "likeness": beside.likeness,
        "verdict": VERDICTS[beside.likeness.verdict],
        "hindrances": [] if staying else list(dict.fromkeys(chain(*hindered.values()))),
        "may_merge": bool(staying) or may_either(viewer, both.one, both.other),
        "crumbs": crumbs(),
    }
    return render(request, "duplicates/pair.html", context)


def labels_of(both: Both) -> tuple[str, str]:
    """By what the two are told apart: their names, unless these are the same."""
    names = str(both.one), str(both.other)
    return names if len(set(names)) > 1 else (both.one.key, both.other.key)


class DecisionForm(WritingForm):
    until = forms.DateField(
        label=gettext_lazy("Show it again on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=400, required=False)
    audience = {"why": OFFICES}

    def __init__(self, to: State, *args: Any, **kwargs: Any) -> None:
        self.to = to
        super().__init__(*args, **kwargs)

    def arrange(self) -> None:
        if self.to != State.LATER:
            del self.fields["until"]

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until <= today():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return until


DONE = {
    State.OPEN: gettext_lazy("It is to be decided again."),
    State.LATER: gettext_lazy("It is put off."),
    State.REFUSED: gettext_lazy("They are two, and won't be proposed again."),
}


@open_to(sees_pairs, methods=WRITING)
def decision(request: HttpRequest, key: str, to: str) -> HttpResponse:
    """They are two, or it is put off, or it is to be decided again."""
    viewer = viewer_of(request)
    both = both_of(viewer, key)
    if to not in State.values:
        raise Http404
    state = State(to)
    initial = {"until": today() + LATER, "why": both.pair.why}
    form = DecisionForm(state, posted(request), initial=initial)
    if form.is_valid():
        decide(both.pair, Decision(state, **form.cleaned_data), Actor.of(viewer), today())
        messages.success(request, str(DONE[state]))
        return redirect("duplicates:pairs" if state != State.OPEN else both.pair)
    return form_page(request, form, **worded(both, state))


def worded(both: Both, state: State) -> dict[str, Any]:
    titles = {
        State.OPEN: (_("Decide again"), _("Decide again")),
        State.LATER: (_("Decide later"), _("Put it off")),
        State.REFUSED: (_("They are two"), _("Say that they are two")),
    }
    title, submit = titles[state]
    return {
        "title": title,
        "kicker": title_of(both),
        "submit": submit,
        "cancel": both.pair.get_absolute_url(),
        "crumbs": crumbs_to(both),
    }
