"""The import that a page is about, for its owner; and what goes on after the page."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.intake.models import Intake, Stage
from tillit.intake.recognising import AT_ONCE
from tillit.intake.rules import kind_of, may_go_on
from tillit.intake.tasks import go_on, step_on
from tillit.kit.access import viewer_of
from tillit.kit.refusal import Refused
from tillit.kit.steps import way


def intake_for(request: HttpRequest, key: str) -> Intake:
    """The import. Another's isn't there; one's own for another organisation says so."""
    viewer = viewer_of(request)
    found: Intake = get_object_or_404(
        Intake.objects.visible_to(viewer).select_related("owner", "activity"), key=key
    )
    if not may_go_on(viewer, found):
        raise Refused(
            _("You act for another organisation now. Choose on whose behalf at the top."), 403
        )
    return found


def go_on_with(intake: Intake) -> None:
    """Do the next step while somebody waits, or have it done if the list is long."""
    if intake.count > AT_ONCE:
        go_on.enqueue(intake.pk)
    else:
        step_on(intake, timezone.now())


def crumbs(intake: Intake | None = None) -> list[tuple[str, str]]:
    way = [(_("Imports"), reverse("intake:intakes"))]
    return [*way, (intake.title, intake.get_absolute_url())] if intake else way


def steps(intake: Intake, current: str) -> list[dict[str, Any]]:
    """The way from what was pasted to what is written."""
    read = intake.stage != Stage.READING
    named = [
        ("reading", _("Interpret"), read),
        ("rows", _("Look through"), False),
        ("confirmation", _("Confirm"), False),
    ]
    return way("intake", intake.key, named, current)


def around(intake: Intake, current: str = "") -> dict[str, Any]:
    """What every page of an import shows."""
    return {
        "intake": intake,
        "kind": kind_of(intake),
        "steps": steps(intake, current) if current else [],
        "crumbs": crumbs(intake if current else None),
    }
