"""One mandate: it is ended, by whoever may or by its holder, or reaches further or less far."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.days import format_day, today
from tillit.kit.forms import form_page, take_errors
from tillit.kit.refusal import Refused
from tillit.register.actions import mandates, telling
from tillit.register.choices import Extent
from tillit.register.crumbs import Crumbs
from tillit.register.forms.invitation import explained
from tillit.register.forms.mandate import EndForm, ExtentForm
from tillit.register.models import Mandate
from tillit.register.rules import is_own, may_change_extent, may_end, may_see_people
from tillit.register.views.mandates.shared import crumbs_to_people


def mandate_for(request: HttpRequest, key: str, rule: Any) -> tuple[Mandate, Viewer]:
    """One that has not ended, of oneself or of those whom one sees. Raises Http404."""
    viewer = viewer_of(request)
    visible = Mandate.objects.visible_to(viewer) | Mandate.objects.filter(
        person__account=viewer.account
    )
    rows = visible.lasting(today()).select_related(
        "person__account", "unit", "secretariat", "organisation__secretariat", "through"
    )
    mandate = get_object_or_404(rows, key=key)
    insist(viewer, rule, mandate)
    return mandate, viewer


def back_to(mandate: Mandate, viewer: Viewer) -> str:
    if mandate.extent == Extent.ADMINISTER and not is_own(viewer, mandate):
        return reverse("register:administrators")
    if is_own(viewer, mandate) or not may_see_people(viewer, mandate.organisation):
        return reverse("register:mandates")
    return reverse("register:people", args=[mandate.organisation.key])


def crumbs_to(mandate: Mandate, viewer: Viewer) -> Crumbs:
    if back_to(mandate, viewer) == reverse("register:people", args=[mandate.organisation.key]):
        return crumbs_to_people(mandate.organisation)
    if mandate.extent == Extent.ADMINISTER and not is_own(viewer, mandate):
        return [(_("Administrators"), reverse("register:administrators"))]
    return [(_("My mandates"), reverse("register:mandates"))]


@open_to(signed_in, methods=WRITING)
def ending(request: HttpRequest, key: str) -> HttpResponse:
    mandate, viewer = mandate_for(request, key, may_end)
    own = is_own(viewer, mandate)
    form = EndForm(
        request.POST or None,
        mandate=mandate,
        today=today(),
        own=own,
        lonely=is_lonely(mandate, today()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            end(mandate, viewer, form)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done_in_words(mandate, form.until, own=own))
            return redirect(back_to(mandate, viewer))
    return form_page(request, form, **frame(mandate, viewer, own=own))


def is_lonely(mandate: Mandate, day: date) -> bool:
    """Whether it is the last of a secretariat, which somebody should know before ending it."""
    return (
        mandate.extent == Extent.SECRETARIAT
        and not mandates.remaining_in_secretariat(mandate, day).exists()
    )


def end(mandate: Mandate, viewer: Viewer, form: EndForm) -> None:
    """End it and tell those concerned. Raises Refused."""
    own, actor = is_own(viewer, mandate), Actor.of(viewer)
    if own:  # whatever else one has chosen to act for meanwhile
        actor = Actor(actor.person, mandate.organisation.subject)
    said, now = form.cleaned_data, timezone.now()
    reason, knowing = said["reason"], said.get("knowing", False)
    mandates.end(mandate, actor, now, last_day=form.until, reason=reason, knowing=knowing)
    if own:
        telling.given_up(mandate, now, form.until, reason, said.get("suggestion", ""))
    else:
        telling.ended(mandate, actor, form.until, reason)


def done_in_words(mandate: Mandate, last_day: date | None, *, own: bool) -> str:
    words = {"name": mandate.person.name, "organisation": mandate.reaches}
    if last_day is None:
        said = (
            _("You no longer act for %(organisation)s.")
            if own
            else _("%(name)s no longer acts for %(organisation)s.")
        )
        return said % words
    said = (
        _("Your mandate for %(organisation)s ends with %(day)s.")
        if own
        else _("%(name)s acts for %(organisation)s until the end of %(day)s.")
    )
    return said % {**words, "day": format_day(last_day)}


def frame(mandate: Mandate, viewer: Viewer, *, own: bool) -> dict[str, Any]:
    words = {"name": mandate.person.name, "organisation": mandate.reaches}
    if own:
        title = _("Give up your mandate for %(organisation)s") % words
    else:
        title = _("End the mandate of %(name)s for %(organisation)s") % words
    return {
        "title": title,
        "lede": f"{mandate.get_extent_display()}. {mandate.means}",
        "crumbs": crumbs_to(mandate, viewer),
        "submit": _("Give it up") if own else _("End it"),
        "cancel": back_to(mandate, viewer),
        "danger": True,
        "notice": {"text": hint(mandate, own=own), "tone": "joint"},
    }


def hint(mandate: Mandate, *, own: bool) -> str:
    if own:
        return _(
            "What else you hold, such as roles and addresses, stays until somebody hands it over."
        )
    return _(
        "This ends only the mandate. If %(name)s leaves the organisation, hand over everything at once "
        "instead: roles, addresses and what waits for an answer."
    ) % {"name": mandate.person.name}


@open_to(signed_in, methods=WRITING)
def extent(request: HttpRequest, key: str) -> HttpResponse:
    """The mandate ends, and one that reaches as far as is said begins."""
    mandate, viewer = mandate_for(request, key, may_change_extent)
    form = ExtentForm(request.POST or None, mandate=mandate, labels=explained)
    if request.method == "POST" and form.is_valid():
        if form.chosen == mandate.extent:
            messages.info(request, _("Nothing was changed."))
            return redirect(back_to(mandate, viewer))
        try:
            new = mandates.change_extent(mandate, form.chosen, Actor.of(viewer), timezone.now())
        except ValidationError as error:
            take_errors(form, error)
        else:
            telling.changed(new, Actor.of(viewer))
            words = {"name": mandate.person.name, "extent": form.chosen.label}
            messages.success(request, _("%(name)s: %(extent)s.") % words)
            return redirect(back_to(mandate, viewer))
    words = {"name": mandate.person.name, "organisation": mandate.reaches}
    return form_page(
        request,
        form,
        title=_("How far %(name)s acts for %(organisation)s") % words,
        lede=_("The mandate of today ends, and a new one begins at once."),
        crumbs=crumbs_to(mandate, viewer),
        submit=_("Change"),
        cancel=back_to(mandate, viewer),
    )
