"""Proposals: one's own and what became of them; those that one answers, and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.kit.access import insist, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.editing.choices import Deed
from tillit.kit.exports import Column
from tillit.kit.forms import Text, WritingForm
from tillit.kit.listing import Listing
from tillit.register import rules
from tillit.register.change_list import moment
from tillit.register.crumbs import crumbs_of
from tillit.register.forms.fact import FactForm, Sitting
from tillit.register.models import Proposal
from tillit.register.models.proposal import proposers
from tillit.register.naming import called
from tillit.register.proposing import (
    accept,
    decline,
    form_of,
    state_of,
    who_proposed,
    withdraw,
)
from tillit.register.standing import chosen_mandate
from tillit.register.views.editing.sitting import deed_url, organisation_of, sit
from tillit.register.views.editing.writing import BASIS, undo_link


class RefusalForm(WritingForm):
    why = forms.CharField(
        label=gettext_lazy("Why not?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In a friendly sentence."),
    )
    audience = {"why": gettext_lazy("Whoever proposed it gets this by mail.")}


# Lists


@open_to(signed_in)
def own(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    """What I have proposed, and what became of it."""
    rows = Proposal.objects.by(viewer_of(request))
    return listed(
        request,
        rows,
        as_,
        title=_("My proposals"),
        lede=_("What you have proposed, and what became of it."),
        empty_text=_(
            "On the page of an organisation you can propose what should be changed there."
        ),
    )


@open_to(signed_in)
def to_answer(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    """What others have proposed and I answer, in the capacity that I have chosen."""
    viewer = viewer_of(request)
    mandate = chosen_mandate(viewer)
    rows = Proposal.objects.visible_to(viewer).waiting()
    rows = rows.answered_by(mandate) if mandate else rows.none()
    return listed(
        request,
        rows,
        as_,
        title=_("Proposals to answer"),
        lede=_("What others think should stand with those whom you edit for."),
        empty_text=_("Everything has been answered."),
    )


@open_to(signed_in)
def of_organisation(request: HttpRequest, key: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    it = organisation_of(viewer, key)
    insist(viewer, rules.may_edit, it)
    return listed(
        request,
        Proposal.objects.visible_to(viewer).filter(organisation=it),
        as_,
        title=_("Proposals of others"),
        kicker=it.name,
        crumbs=[*crumbs_of(it), (_("Edit"), reverse("register:edit", args=[it.key]))],
        empty_text=_("Anybody who has signed in can propose a change. Nobody has done so yet."),
    )


def listed(request: HttpRequest, rows: Any, as_: str, **context: Any) -> HttpResponseBase:
    viewer = viewer_of(request)

    def prepare(found: Sequence[Any]) -> None:
        names = who_proposed(list(found))
        words = called([it.about_subject for it in found if it.about_subject], viewer)
        for it in found:
            it.who = names.get(it.proposer, "")
            it.what = in_short(it, words)

    columns = [
        Column(gettext_lazy("What"), lambda it: it.what, link=lambda it: it.get_absolute_url()),
        Column(gettext_lazy("Organisation"), lambda it: it.organisation.name),
        Column(gettext_lazy("Proposed"), lambda it: moment(it.proposed_at)),
        Column(gettext_lazy("By"), lambda it: it.who),
        Column(gettext_lazy("The answer"), answer, template="register/cells/proposal_state.html"),
    ]
    listing = Listing(
        gettext_lazy("Proposals"),
        "forslag",
        columns,
        "register/editing/proposals.html",
        by=("-proposed_at", "key"),
        prepare=prepare,
    )
    shown = rows.select_related("organisation")
    return listing.respond(request, shown, forms.Form(request.GET), as_, **context)


def answer(proposal: Any) -> str:
    return str(state_of(proposal)[0])


def in_short(proposal: Proposal, words: Any) -> str:
    """Name: it has changed (NÄTVERKET)."""
    said = form_of(proposal).act(Deed(proposal.deed))
    found = words.get(proposal.about_subject)
    return f"{said} ({found.text})" if found else said


# One proposal


@dataclass(frozen=True)
class Compared:
    """One value as it stands and as it is proposed."""

    label: Text
    now: str
    proposed: str
    then: str = ""  # what it was when it was proposed, where that is no more

    @property
    def differs(self) -> bool:
        return self.now != self.proposed


def proposal_of(viewer: Viewer, key: str) -> Proposal:
    rows = Proposal.objects.visible_to(viewer).select_related("organisation", "outcome")
    found: Proposal = get_object_or_404(rows, key=key)
    return found


def sitting_of(proposal: Proposal, viewer: Viewer, *, locked: bool = False) -> Sitting | None:
    """The sitting in which it would be done; nothing when what it is about is no more."""
    form, deed = form_of(proposal), Deed(proposal.deed)
    key, row = proposal.organisation.key, proposal.about_key
    try:
        found = sit(viewer, key, form, deed, row, locked=locked)
    except Http404:
        return None
    return replace(found, nonce=proposal.key)


@open_to(signed_in)
def proposal(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    return shown(request, proposal_of(viewer, key), RefusalForm())


def shown(
    request: HttpRequest, found: Proposal, refusal: RefusalForm, status: int = 200
) -> HttpResponse:
    """The proposal beside what stands there now, with what the viewer may do about it."""
    viewer = viewer_of(request)
    it, sitting = found.organisation, sitting_of(found, viewer)
    form = form_of(found)(sitting, found.values | {"reason": found.reason}) if sitting else None
    is_open = found.settled_at is None
    may_answer = is_open and may_edit(found, sitting, viewer)
    clashes = form.meet(found.held) if form and is_open and form.is_valid() else {}
    names = who_proposed([found])
    context = {
        "title": form_of(found).act(Deed(found.deed)),
        "kicker": it.name,
        "crumbs": crumbs_of(it),
        "proposal": found,
        "organisation": it,
        "who": names.get(found.proposer, ""),
        "behalf": names.get(found.behalf, ""),
        "state": state_of(found),
        "values": list(compared(found, form, clashes)) if form else [],
        "is_gone": sitting is None,
        "clashes": clashes,
        "errors": form.errors if form and is_open else {},
        "may_answer": may_answer,
        "may_withdraw": is_open and found.proposer in proposers(viewer),
        "adjust_url": adjust_url(found) if may_answer and sitting else "",
        "form": refusal,
    }
    return render(request, "register/editing/proposal.html", context, status=status)


def may_edit(proposal: Proposal, sitting: Sitting | None, viewer: Viewer) -> bool:
    if sitting:
        return sitting.may_edit
    return rules.may_edit(viewer, proposal.organisation)


def adjust_url(proposal: Proposal) -> str:
    deed = Deed(proposal.deed)
    url = deed_url(proposal.organisation, form_of(proposal), deed, proposal.about_key)
    return f"{url}?{BASIS}={proposal.key}"


def compared(proposal: Proposal, form: FactForm, clashes: Any) -> Any:
    """What the proposal says, value by value, beside what stands there."""
    removing = Deed(proposal.deed) is Deed.REMOVE
    said = {**dict.fromkeys(form.now, "")} if removing else proposal.values
    for name, value in said.items():
        now = form.in_words(name, form.now.get(name, ""))
        proposed = form.in_words(name, value)
        clash = clashes.get(name)
        if now or proposed:
            yield Compared(form.label_of(name), now, proposed, clash.then if clash else "")


@open_to(signed_in, methods=("POST",))
def acceptance(request: HttpRequest, key: str) -> HttpResponse:
    """Do what is proposed, by the same way as if one had written it oneself."""
    viewer = viewer_of(request)
    found = proposal_of(viewer, key)
    try:
        with transaction.atomic():
            sitting = sitting_of(found, viewer, locked=True)
            if sitting is None:
                messages.error(request, _("What it is about is no longer there."))
                return redirect(found)
            if not sitting.may_edit:
                insist(viewer, rules.may_edit, sitting.organisation)
            done = accept(found, sitting, timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(adjust_url(found))
    if not done.is_done:
        messages.warning(request, _("It must be looked at first: see below."))
        return redirect(adjust_url(found) if done.errors else found)
    told = _("Accepted. It stands there now.")
    link = undo_link(found.organisation, done.outcome) if done.outcome else ""
    messages.success(request, format_html("{} {}", told, link))
    return redirect("register:proposal", key=key)


@open_to(signed_in, methods=("POST",))
def refusal(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = proposal_of(viewer, key)
    if not may_edit(found, sitting_of(found, viewer), viewer):
        insist(viewer, rules.may_edit, found.organisation)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return shown(request, found, form, status=422)
    decline(found, Actor.of(viewer), form.cleaned_data["why"], timezone.now())
    messages.success(request, _("Declined. Whoever proposed it is told why."))
    return redirect("register:proposal", key=key)


@open_to(signed_in, methods=("POST",))
def withdrawal(request: HttpRequest, key: str) -> HttpResponse:
    viewer = viewer_of(request)
    found = proposal_of(viewer, key)
    if found.proposer not in proposers(viewer):
        raise PermissionDenied
    withdraw(found, Actor.of(viewer), timezone.now())
    messages.success(request, _("Withdrawn."))
    return redirect("register:proposal", key=key)
