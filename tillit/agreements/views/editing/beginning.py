"""A new agreement, a new draft of one, and a draft taken away."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tillit.agreements import drafting, rules
from tillit.agreements.crumbs import crumbs, crumbs_of
from tillit.agreements.forms.entry import NewAgreementForm, NewVersionForm
from tillit.agreements.models import Agreement, Version
from tillit.agreements.reading import Reading
from tillit.agreements.views.editing.fetching import agreement_of, must_be_drafted, version_of
from tillit.agreements.views.editing.writing import crumbs_to_draft, draft_url, entry_url, say
from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.forms import form_page, posted, take_errors
from tillit.register.forms.place_field import PlaceField
from tillit.register.standing import chosen_mandate


@open_to(rules.may_begin, methods=WRITING)
def new_agreement(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    mandate = chosen_mandate(viewer)
    if mandate is None:
        raise PermissionDenied
    form = NewAgreementForm(viewer, mandate.organisation, posted(request))
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, "place": PlaceField.row(form.cleaned_data["place"])}
        try:
            with transaction.atomic():
                agreement, done = drafting.begin(said, Actor.of(viewer), today())
        except ValidationError as error:
            take_errors(form, error)
        else:
            say(request, _("%(title)s has been begun.") % {"title": agreement}, agreement, done)
            return redirect(way_on(viewer, agreement))
    return form_page(
        request,
        form,
        title=_("New agreement"),
        kicker=mandate.organisation.name,
        lede=_("What it is called, where it holds, and between whom. The text comes afterwards."),
        submit=_("Begin the agreement"),
        cancel=crumbs()[0][1],
        crumbs=crumbs(),
    )


def way_on(viewer: Viewer, agreement: Agreement) -> str:
    """To go on writing, for a party. Parties are asked for anew: it has just got them."""
    fresh = Viewer(viewer.circles, viewer.account, viewer.identity, viewer.asked)
    return (
        entry_url(agreement) if rules.may_draft(fresh, agreement) else agreement.get_absolute_url()
    )


@open_to(signed_in, methods=WRITING)
def new_version(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    agreement = agreement_of(viewer, key)
    insist(viewer, rules.may_draft, agreement)
    sources = sources_for(agreement, viewer)
    form = NewVersionForm([(it, str(of)) for it, of in sources.items()], posted(request))
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        source = sources.get(said["made_from"])
        try:
            with transaction.atomic():
                agreement_of(viewer, key, locked=True)
                made, done = drafting.draft(
                    agreement, said["label"], said["title"], source, Actor.of(viewer)
                )
        except ValidationError as error:
            take_errors(form, error)
        else:
            say(
                request, _("The draft %(label)s has been begun.") % {"label": made}, agreement, done
            )
            return redirect(draft_url(made))
    return form_page(
        request,
        form,
        title=_("New version"),
        kicker=agreement.title,
        lede=_("It is a draft, which only the parties read, until you send it out or adopt it."),
        submit=_("Begin the draft"),
        cancel=agreement.get_absolute_url(),
        crumbs=crumbs_of(agreement),
    )


def sources_for(agreement: Agreement, viewer: Viewer) -> dict[str, Version]:
    """What a draft may begin as a copy of: a version, or the principles of what it builds on."""
    reading = Reading(agreement, viewer, today())
    found = {it.key: it for it in reversed(reading.versions)}
    above = reading.parent
    told = Reading(above, viewer, today()).told if above else None
    return {**found, told.key: told} if told else found


@open_to(signed_in, methods=WRITING)
def remove_version(request: HttpRequest, key: str, version: str) -> HttpResponse:
    viewer = viewer_of(request)
    if request.method == "POST":
        with transaction.atomic():
            found = version_of(viewer, key, version, locked=True)
            must_be_drafted(viewer, found)
            done = drafting.take_away(found, Actor.of(viewer))
        say(request, _("The draft has been taken away."), found.agreement, done)
        return redirect(found.agreement)
    found = version_of(viewer, key, version)
    must_be_drafted(viewer, found)
    context = {
        "title": _("Take the draft away"),
        "kicker": str(found),
        "version": found,
        "cancel": draft_url(found),
        "crumbs": crumbs_to_draft(found),
    }
    return render(request, "agreements/editing/removal.html", context)
