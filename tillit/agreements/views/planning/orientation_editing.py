"""A year's orientation and its efforts: written, adopted, followed, and put aside for others."""

from typing import Any

from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from tillit.agreements.forms_plans import (
    Choices,
    EffortForm,
    InsteadForm,
    OrientationForm,
    RemovalForm,
    StateForm,
)
from tillit.agreements.models import Agreement, Effort, Orientation
from tillit.agreements.planning import put_instead, serving
from tillit.agreements.rules import may_follow, may_word
from tillit.agreements.views.deeds import plain, removed, sealed, written
from tillit.agreements.views.planning.orientation import orientation_of
from tillit.agreements.views.planning.plan_editing import (
    ADOPT,
    CONFIRMING,
    FURTHER,
    NEVER_LEDE,
    RETURNING,
    SAVE,
    SAYING,
    SO_TOO,
    TAKE,
    all_plans,
    deed,
)
from tillit.kit.access import WRITING, open_to, signed_in
from tillit.kit.changes import Actor, change, new_key
from tillit.kit.circles import Viewer


def may_word_effort(viewer: Viewer, effort: Effort) -> bool:
    return may_word(viewer, effort.orientation)


def effort_form(data: Any, row: Effort) -> EffortForm:
    choices = Choices(*serving(row.orientation.agreement))
    return EffortForm(data, standing=EffortForm.standing_of(row), choices=choices)


def state_form(data: Any, row: Effort) -> StateForm:
    return StateForm(data, standing={"state": row.state})


def follow(row: Effort, form: StateForm, viewer: Viewer) -> None:
    change(
        row, {"state": form.cleaned_data["state"]}, Actor.of(viewer), form.cleaned_data["reason"]
    )


def instead(row: Effort, form: InsteadForm, viewer: Viewer) -> None:
    put_instead(row, Actor.of(viewer), **form.cleaned_data)


NEW = deed(_("New yearly orientation"), SAVE, sealed(OrientationForm), written)
EDIT = deed(_("Edit the orientation"), SAVE, sealed(OrientationForm), written)
ADOPTION = deed(_("The orientation was adopted"), ADOPT, **SAYING)
CONFIRMATION = deed(_("The orientation was adopted"), SO_TOO, **CONFIRMING)
RETURN = deed(_("Prepare the orientation further"), FURTHER, **RETURNING)
NEVER: dict[str, Any] = {"lede": NEVER_LEDE, "danger": True}
REMOVAL = deed(
    _("Take the orientation away"), TAKE, plain(RemovalForm), removed, back=all_plans, **NEVER
)
OF_EFFORT: dict[str, Any] = {
    "rule": may_word_effort,
    "back": lambda row: row.orientation.get_absolute_url(),
}
NEW_EFFORT = deed(_("New effort"), SAVE, effort_form, written, **OF_EFFORT)
EDIT_EFFORT = deed(_("Edit the effort"), SAVE, effort_form, written, **OF_EFFORT)
REMOVAL_OF_EFFORT = deed(
    _("Take the effort away"), TAKE, plain(RemovalForm), removed, **OF_EFFORT, **NEVER
)
FOLLOWED = {**OF_EFFORT, "rule": may_follow}
STATE = deed(_("How far it has come"), SAVE, state_form, follow, **FOLLOWED)
INSTEAD = deed(
    _("Put something else in its place"),
    SAVE,
    plain(InsteadForm),
    instead,
    lede=_("What was planned stays beside what takes its place, and the reason."),
    **FOLLOWED,
)


def one(year: int) -> Any:
    return lambda agreement, viewer: orientation_of(agreement, viewer, year)


def effort_of(year: int, key: str) -> Any:
    def fetch(agreement: Agreement, viewer: Viewer) -> Effort:
        it = orientation_of(agreement, viewer, year)
        rows = it.efforts.visible_to(viewer).select_related("lead")
        found: Effort = get_object_or_404(rows, Q(key=f"{it.key}.{key}") | Q(key=key))
        found.orientation = it
        return found

    return fetch


def new_one(agreement: Agreement, viewer: Viewer) -> Orientation:
    return Orientation(agreement=agreement, key=new_key(agreement.key))


def next_number(it: Orientation) -> int:
    return (it.efforts.aggregate(last=Max("number"))["last"] or 0) + 1


@open_to(signed_in, methods=WRITING)
def new_orientation(request: HttpRequest, key: str) -> HttpResponse:
    return NEW.answer(request, key, new_one)


@open_to(signed_in, methods=WRITING)
def edit_orientation(request: HttpRequest, key: str, year: int) -> HttpResponse:
    return EDIT.answer(request, key, one(year))


@open_to(signed_in, methods=WRITING)
def adopt_orientation(request: HttpRequest, key: str, year: int) -> HttpResponse:
    return ADOPTION.answer(request, key, one(year))


@open_to(signed_in, methods=WRITING)
def confirm_orientation(request: HttpRequest, key: str, year: int) -> HttpResponse:
    return CONFIRMATION.answer(request, key, one(year))


@open_to(signed_in, methods=WRITING)
def return_orientation(request: HttpRequest, key: str, year: int) -> HttpResponse:
    return RETURN.answer(request, key, one(year))


@open_to(signed_in, methods=WRITING)
def remove_orientation(request: HttpRequest, key: str, year: int) -> HttpResponse:
    return REMOVAL.answer(request, key, one(year))


@open_to(signed_in, methods=WRITING)
def new_effort(request: HttpRequest, key: str, year: int) -> HttpResponse:
    def fetch(agreement: Agreement, viewer: Viewer) -> Effort:
        it = orientation_of(agreement, viewer, year)
        return Effort(orientation=it, number=next_number(it), key=new_key(it.key))

    return NEW_EFFORT.answer(request, key, fetch)


@open_to(signed_in, methods=WRITING)
def edit_effort(request: HttpRequest, key: str, year: int, effort: str) -> HttpResponse:
    return EDIT_EFFORT.answer(request, key, effort_of(year, effort))


@open_to(signed_in, methods=WRITING)
def remove_effort(request: HttpRequest, key: str, year: int, effort: str) -> HttpResponse:
    return REMOVAL_OF_EFFORT.answer(request, key, effort_of(year, effort))


@open_to(signed_in, methods=WRITING)
def effort_state(request: HttpRequest, key: str, year: int, effort: str) -> HttpResponse:
    return STATE.answer(request, key, effort_of(year, effort))


@open_to(signed_in, methods=WRITING)
def reprioritisation(request: HttpRequest, key: str, year: int, effort: str) -> HttpResponse:
    return INSTEAD.answer(request, key, effort_of(year, effort))
