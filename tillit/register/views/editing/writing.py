"""The page of a deed's form: opened, sent in, met by somebody else's change, done or proposed."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tillit.kit.access import others_by_which
from tillit.kit.editing.choices import Deed
from tillit.kit.editing.form import Values
from tillit.kit.editing.page import DeedPage
from tillit.kit.editing.words import SAVE
from tillit.kit.models import Activity
from tillit.register import rules
from tillit.register.crumbs import Crumbs, crumbs_of
from tillit.register.forms.fact import FactForm, Sitting
from tillit.register.models import Organisation, Person, Proposal
from tillit.register.proposing import conclude, propose, waiting, who_proposed
from tillit.register.telling import tell
from tillit.register.views.editing.sitting import must_be_open, sit

INTENT, SAVING, PROPOSING = "intent", "save", "propose"
BASIS = "forslag"  # the proposal that the form was filled in from


def crumbs_to_editing(it: Organisation) -> Crumbs:
    return [*crumbs_of(it), (_("Edit"), reverse("register:edit", args=[it.key]))]


def undo_link(it: Organisation, activity: Activity) -> SafeString:
    url = reverse("register:change-undo", args=[it.key, activity.pk])
    return format_html('<a href="{}">{}</a>', url, _("Undo"))


class Page(DeedPage):
    """One deed with one fact, as somebody does or proposes it."""

    form: type[FactForm]
    template = "register/editing/form.html"

    def __init__(
        self, request: HttpRequest, key: str, form: type[FactForm], deed: Deed, row: str
    ) -> None:
        super().__init__(request, form, deed)
        self.key, self.row = key, row
        self.basis: Proposal | None = None  # the proposal that is accepted by this

    def sit(self, *, locked: bool) -> Sitting:
        """Raises Http404, and PermissionDenied for who may neither do nor propose it."""
        found = sit(self.viewer, self.key, self.form, self.deed, self.row, locked=locked)
        must_be_open(found, self.form)
        return found

    def initial(self, sitting: Sitting) -> Values | None:
        self.basis = basis = self.basis_of(sitting, self.request.GET.get(BASIS, ""))
        return {**basis.values, "reason": basis.reason} if basis else None

    def prepare(self, sitting: Sitting) -> None:
        self.basis = self.basis_of(sitting, self.request.POST.get(BASIS, ""))

    def basis_of(self, sitting: Sitting, key: str) -> Proposal | None:
        """The proposal that is accepted by this, for those who may answer it."""
        if not key or not sitting.may_edit:
            return None
        rows = Proposal.objects.visible_to(self.viewer).filter(organisation=sitting.organisation)
        found: Proposal = get_object_or_404(
            rows, key=key, about_noun=self.form.model.noun, about_key=self.row, deed=self.deed
        )
        return found

    def hindered(self, form: FactForm) -> HttpResponse | None:
        """What may be done has become another thing than the page was opened for."""
        intent = intent_of(form.sitting)
        if self.request.POST.get(INTENT, intent) == intent:
            return None
        form.is_valid()
        return self.show(form, HTTPStatus.CONFLICT, notice=moved(form.sitting))

    def finish(self, form: FactForm) -> HttpResponse:
        if not form.sitting.may_edit:
            return self.propose(form)
        if self.basis:
            self.basis = waiting(self.basis)
        return self.save(form)

    def told_of(self, form: FactForm) -> tuple[str, tuple[str, str] | None]:
        it = form.sitting.organisation
        if form.model is not Person:
            return "", None
        return it.subject, ((it.own_circle, "") if it.protected else None)

    def saved(self, form: FactForm, done: Activity | None) -> None:
        basis = self.basis
        if basis:
            adjusted = {**form.typed, "reason": ""} != {**basis.values, "reason": ""}
            conclude(basis, form.sitting.actor, done, timezone.now(), adjusted=adjusted)

    def propose(self, form: FactForm) -> HttpResponse:
        proposal = propose(form, timezone.now())
        messages.success(
            self.request, _("Your proposal has been sent. Here you see what becomes of it.")
        )
        return redirect(proposal)

    def back_url(self, form: FactForm) -> str:
        return reverse("register:edit", args=[form.sitting.organisation.key])

    def done_url(self, form: FactForm) -> str:
        return f"{self.back_url(form)}#{self.form.slug}"

    def crumbs(self, form: FactForm) -> Crumbs:
        return crumbs_to_editing(form.sitting.organisation)

    def undo_link(self, form: FactForm, activity: Activity) -> SafeString:
        return undo_link(form.sitting.organisation, activity)

    def told(self, activities: list[Activity], form: FactForm) -> list[Any]:
        return tell(activities, form.sitting.viewer, form.sitting.organisation)

    def hidden(self, form: FactForm) -> dict[str, str]:
        basis = {BASIS: self.basis.key} if self.basis else {}
        return {INTENT: intent_of(form.sitting), **basis}

    def more(self, form: FactForm, notice: Any) -> dict[str, Any]:
        basis, done = self.basis, form.sitting.may_edit
        return {
            "submit": SAVE[self.deed] if done else _("Send the proposal"),
            "danger": done and self.deed is Deed.REMOVE,
            "notice": notice or (None if done else as_proposal(form.sitting)),
            "basis": basis,
            "proposed_by": who_proposed([basis]).get(basis.proposer, "") if basis else "",
        }


def intent_of(sitting: Sitting) -> str:
    return SAVING if sitting.may_edit else PROPOSING


def as_proposal(sitting: Sitting) -> dict[str, str]:
    text = _(
        "You don't edit this organisation, so what you write here is sent as a proposal. The "
        "organisation and its secretariat see it, with your name, and answer."
    )
    others = others_by_which(sitting.viewer, rules.may_edit, sitting.organisation)
    if others:
        said = _("You edit it as %(capacity)s: choose that at the top of the page first.")
        text = said % {"capacity": others[0].title}
    return {"title": _("This becomes a proposal"), "text": text, "tone": "joint"}


def moved(sitting: Sitting) -> dict[str, str | Promise]:
    """What to say when the page was opened to do another thing than the viewer may do by now."""
    if sitting.may_edit:
        text = _(
            "You may save this yourself now. What you wrote is kept: look it through and save."
        )
    else:
        text = _(
            "You don't edit this organisation any more, in the mandate that you have chosen. What you "
            "wrote is kept: you can send it as a proposal."
        )
    return {"title": _("Nothing has been saved yet"), "text": text, "tone": "warn"}
