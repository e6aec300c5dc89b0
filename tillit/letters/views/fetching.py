"""The letter that a page is about, for whoever may do what the page does."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.refusal import Refused
from tillit.kit.steps import way
from tillit.letters.constituency import Constituency
from tillit.letters.models import Letter
from tillit.letters.rules import may_work_on
from tillit.register.standing import chosen_mandate

Rule = Callable[[Viewer, Letter], bool]
RELATED = ("organisation", "secretariat__organisation", "writer", "started_by", "stopped_by")


def letter_for(request: HttpRequest, key: str, rule: Rule = may_work_on) -> Letter:
    """The letter. One that the viewer may not read isn't there; one for another capacity says so."""
    viewer = viewer_of(request)
    visible = Letter.objects.visible_to(viewer).with_stage().select_related(*RELATED)
    letter: Letter = get_object_or_404(visible, key=key)
    if not may_work_on(viewer, letter):
        raise Refused(
            _("You act for another organisation now. Choose on whose behalf at the top."), 403
        )
    if not rule(viewer, letter):
        raise Refused(_("That can't be done with the letter any more."), 409)
    return letter


def ours_of(request: HttpRequest) -> Constituency:
    """Whom the viewer may write to today, in the chosen capacity."""
    viewer = viewer_of(request)
    mandate = chosen_mandate(viewer)
    if mandate is None:
        raise Refused(_("You don't have that mandate today. Choose one of your own."), 403)
    return Constituency(mandate, viewer, today())


def crumbs(letter: Letter | None = None) -> list[tuple[str, str]]:
    way = [(_("Letters"), reverse("letters:letters"))]
    return [*way, (letter.title, letter.get_absolute_url())] if letter else way


def steps(letter: Letter, current: str) -> list[dict[str, Any]]:
    """The way from a draft to a sent letter."""
    named = [
        ("text", _("Write"), bool(letter.subject_line and letter.text)),
        ("choosing", _("Receivers"), False),
        ("preview", _("Look it through"), False),
        ("sending", _("Send"), False),
    ]
    return way("letters", letter.key, named, current)
