"""Plans and their focus areas are written, adopted, and taken away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.agreements.forms_plans import (
    AdoptionForm,
    AreaForm,
    ConfirmationForm,
    PlanForm,
    RemovalForm,
    ReturnForm,
)
from tillit.agreements.models import Agreement, FocusArea, Plan
from tillit.agreements.models.planned import Planned
from tillit.agreements.planning import confirm_adopted, prepare_further, say_adopted
from tillit.agreements.rules import may_confirm, may_return, may_word, side_edited_by
from tillit.agreements.views.deeds import Deed, plain, removed, sealed, written
from tillit.agreements.views.fetching import row_of
from tillit.agreements.views.planning.plans import crumbs_to_plans
from tillit.kit.access import WRITING, open_to, signed_in
from tillit.kit.changes import Actor, new_key
from tillit.kit.circles import Viewer
from tillit.kit.days import format_bound


def page_of(row: Any) -> str:
    return str(row.get_absolute_url()) if row.pk else all_plans(row)


def all_plans(row: Any) -> str:
    return reverse("agreements:plans", args=[row.agreement.key])


def said(row: Any, form: Any, viewer: Viewer) -> None:
    side = side_edited_by(viewer, row.agreement)
    say_adopted(row, side, Actor.of(viewer), **form.cleaned_data)


def confirmed(row: Any, _form: Any, viewer: Viewer) -> None:
    confirm_adopted(row, Actor.of(viewer))


def returned(row: Any, form: Any, viewer: Viewer) -> None:
    prepare_further(row, Actor.of(viewer), form.cleaned_data["reason"])


def what_is_said(row: Planned) -> str:
    side = row.said_by.label if row.said_by else ""
    said = {"side": side, "who": row.decided_by, "day": format_bound(row.when)}
    return (
        _now(
            "%(side)s says that it was adopted: %(who)s, %(day)s. When your side says so too "
            "everybody reads it, and its words stand."
        )
        % said
    )


SAID_LEDE = _(
    "The other side is asked to say so too. Then everybody reads it, and its words stand."
)
RETURNED_LEDE = _("It was not adopted so, or not yet. It can be written in again, by both sides.")
NEVER_LEDE = _("For what should never have been here. What it said is kept in the list of changes.")


def may_word_area(viewer: Viewer, area: FocusArea) -> bool:
    return may_word(viewer, area.plan)


def deed(title: Any, submit: Any, form: Any, carry_out: Any, **more: Any) -> Deed:
    given: dict[str, Any] = {"rule": may_word, "back": page_of, "crumbs": crumbs_to_plans}
    return Deed(title, submit, form=form, carry_out=carry_out, **{**given, **more})


SAVE, ADOPT, TAKE = _("Save"), _("It was adopted"), _("Take it away")
SO_TOO, FURTHER = _("Our side says so too"), _("Prepare it further")
NEW = deed(_("New plan"), SAVE, sealed(PlanForm), written)
EDIT = deed(_("Edit the plan"), SAVE, sealed(PlanForm), written)
# The three of a plan and of a year's orientation alike.
SAYING: dict[str, Any] = {"form": plain(AdoptionForm), "carry_out": said, "lede": SAID_LEDE}
CONFIRMING: dict[str, Any] = {
    "form": sealed(ConfirmationForm),
    "carry_out": confirmed,
    "rule": may_confirm,
    "lede": what_is_said,
}
RETURNING: dict[str, Any] = {
    "form": plain(ReturnForm),
    "carry_out": returned,
    "rule": may_return,
    "lede": RETURNED_LEDE,
}
ADOPTION = deed(_("The plan was adopted"), ADOPT, **SAYING)
CONFIRMATION = deed(_("The plan was adopted"), SO_TOO, **CONFIRMING)
RETURN = deed(_("Prepare the plan further"), FURTHER, **RETURNING)
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
def confirm_plan(request: HttpRequest, key: str, plan: str) -> HttpResponse:
    return CONFIRMATION.answer(request, key, one(plan))


@open_to(signed_in, methods=WRITING)
def return_plan(request: HttpRequest, key: str, plan: str) -> HttpResponse:
    return RETURN.answer(request, key, one(plan))


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
