"""Plans and their focus areas are written, adopted, and taken away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.forms_plans import AdoptionForm, AreaForm, PlanForm, RemovalForm
from tillit.agreements.models import Agreement, FocusArea, Plan
from tillit.agreements.rules import may_word
from tillit.agreements.views.deeds import Deed, adopted, plain, removed, sealed, written
from tillit.agreements.views.fetching import row_of
from tillit.agreements.views.planning.plans import crumbs_to_plans
from tillit.kit.access import WRITING, open_to, signed_in
from tillit.kit.changes import new_key
from tillit.kit.circles import Viewer


def page_of(row: Any) -> str:
    return str(row.get_absolute_url()) if row.pk else all_plans(row)


def all_plans(row: Any) -> str:
    return reverse("agreements:plans", args=[row.agreement.key])


ADOPTED_LEDE = _("From then on everybody reads it, and its words stand as they were adopted.")
NEVER_LEDE = _("For what should never have been here. What it said is kept in the list of changes.")


def may_word_area(viewer: Viewer, area: FocusArea) -> bool:
    return may_word(viewer, area.plan)


def deed(title: Any, submit: Any, form: Any, carry_out: Any, **more: Any) -> Deed:
    given: dict[str, Any] = {"rule": may_word, "back": page_of, "crumbs": crumbs_to_plans}
    return Deed(title, submit, form=form, carry_out=carry_out, **{**given, **more})


SAVE, ADOPT, TAKE = _("Save"), _("It was adopted"), _("Take it away")
NEW = deed(_("New plan"), SAVE, sealed(PlanForm), written)
EDIT = deed(_("Edit the plan"), SAVE, sealed(PlanForm), written)
ADOPTION = deed(_("The plan was adopted"), ADOPT, plain(AdoptionForm), adopted, lede=ADOPTED_LEDE)
REMOVAL = deed(
    _("Take the plan away"),
    TAKE,
    plain(RemovalForm),
    removed,
    back=all_plans,
    lede=NEVER_LEDE,
    danger=True,
)
OF_AREA: dict[str, Any] = {
    "rule": may_word_area,
    "back": lambda row: row.plan.get_absolute_url(),
}
NEW_AREA = deed(_("New focus area"), SAVE, sealed(AreaForm), written, **OF_AREA)
EDIT_AREA = deed(_("Edit the focus area"), SAVE, sealed(AreaForm), written, **OF_AREA)
REMOVAL_OF_AREA = deed(
    _("Take the focus area away"),
    TAKE,
    plain(RemovalForm),
    removed,
    lede=NEVER_LEDE,
    danger=True,
    **OF_AREA,
)


def one(plan: str) -> Any:
    return lambda agreement, viewer: row_of(Plan, agreement, viewer, plan)


def new_one(agreement: Agreement, viewer: Viewer) -> Plan:
    return Plan(agreement=agreement, key=new_key(agreement.key))


def area_of(plan: str, year: int) -> Any:
    def fetch(agreement: Agreement, viewer: Viewer) -> FocusArea:
        it = row_of(Plan, agreement, viewer, plan)
        found: FocusArea = get_object_or_404(it.areas.visible_to(viewer), year=year)
        found.plan = it
        return found

    return fetch


@open_to(signed_in, methods=WRITING)
def new_plan(request: HttpRequest, key: str) -> HttpResponse:
    return NEW.answer(request, key, new_one)


@open_to(signed_in, methods=WRITING)
def edit_plan(request: HttpRequest, key: str, plan: str) -> HttpResponse:
    return EDIT.answer(request, key, one(plan))


@open_to(signed_in, methods=WRITING)
def adopt_plan(request: HttpRequest, key: str, plan: str) -> HttpResponse:
    return ADOPTION.answer(request, key, one(plan))


@open_to(signed_in, methods=WRITING)
def remove_plan(request: HttpRequest, key: str, plan: str) -> HttpResponse:
    return REMOVAL.answer(request, key, one(plan))


@open_to(signed_in, methods=WRITING)
def new_area(request: HttpRequest, key: str, plan: str) -> HttpResponse:
    def fetch(agreement: Agreement, viewer: Viewer) -> FocusArea:
        it = row_of(Plan, agreement, viewer, plan)
        return FocusArea(plan=it, key=new_key(it.key))

    return NEW_AREA.answer(request, key, fetch)


@open_to(signed_in, methods=WRITING)
def edit_area(request: HttpRequest, key: str, plan: str, year: int) -> HttpResponse:
    return EDIT_AREA.answer(request, key, area_of(plan, year))


@open_to(signed_in, methods=WRITING)
def remove_area(request: HttpRequest, key: str, plan: str, year: int) -> HttpResponse:
    return REMOVAL_OF_AREA.answer(request, key, area_of(plan, year))
