"""The rules by which organisations keep what they keep: read by everybody, written by each keeper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, anyone, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, change, create, remove
from tillit.kit.circles import Viewer
from tillit.kit.forms import form_page, posted, take_errors
from tillit.records.crumbs import crumbs
from tillit.records.forms.retention import RuleForm
from tillit.records.models import RetentionRule
from tillit.records.rules import may_enter, may_keep_for
from tillit.records.views.editing import keeper_of

MOST = 1000


@open_to(anyone)
def rules(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    rows = RetentionRule.objects.visible_to(viewer).select_related("keeper__secretariat")[:MOST]
    shown = [(it, may_keep_for(viewer, it.keeper)) for it in rows]
    context = {"rules": shown, "may_enter": may_enter(viewer), "crumbs": crumbs()}
    return render(request, "records/rules.html", context)


def crumbs_to_rules() -> list[tuple[str, str]]:
    return [*crumbs(), (_("Retention rules"), reverse("records:rules"))]


@open_to(may_enter, methods=WRITING)
def new_rule(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    keeper = keeper_of(viewer)
    form = RuleForm(posted(request))
    if form.is_valid():
        try:
            create(RetentionRule(keeper=keeper, **form.said), Actor.of(viewer))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("records:rules")
    return rule_page(request, form, _("A new retention rule"), keeper)


@open_to(signed_in, methods=WRITING)
def rule(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    row = rule_for(viewer, key)
    form = RuleForm(posted(request), rule=row)
    if form.is_valid():
        try:
            done = change(row, form.said, Actor.of(viewer))
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Saved.") if done else _("Nothing was changed."))
            return redirect("records:rules")
    return rule_page(request, form, _("Change the retention rule"), row.keeper)


def rule_for(viewer: Viewer, key: str) -> RetentionRule:
    rows = RetentionRule.objects.visible_to(viewer).select_related("keeper__secretariat")
    found: RetentionRule = get_object_or_404(rows, key=key)
    insist(viewer, may_keep_for, found.keeper)
    return found


def rule_page(request: HttpRequest, form: RuleForm, title: str, keeper: Any) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        lede=str(keeper),
        submit=_("Save"),
        crumbs=crumbs_to_rules(),
        cancel=reverse("records:rules"),
    )


@open_to(signed_in, methods=("POST",))
def rule_removal(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    remove(rule_for(viewer, key), Actor.of(viewer))
    messages.success(request, _("The rule is gone. Records that it was for are kept as before."))
    return redirect("records:rules")
