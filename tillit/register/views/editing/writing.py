"""The page of a deed's form: opened, sent in, met by somebody else's change, done or proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tillit.kit.access import others_by_which, viewer_of
from tillit.kit.changes import new_key, together
from tillit.kit.circles import Viewer
from tillit.kit.forms import SEEN, seal, take_errors, unseal
from tillit.kit.models import Activity
from tillit.register import rules
from tillit.register.choices import Deed
from tillit.register.crumbs import Crumbs, crumbs_of
from tillit.register.forms.fact import Clash, FactForm, Sitting, Values, preferred
from tillit.register.forms.words import DONE, EXPLAINED, SAVE
from tillit.register.models import Organisation, Person, Proposal
from tillit.register.proposing import conclude, propose, waiting, who_proposed
from tillit.register.telling import tell
from tillit.register.views.editing.sitting import must_be_open, sit

INTENT, SAVING, PROPOSING = "intent", "save", "propose"
BASIS = "forslag"  # the proposal that the form was filled in from
MOST_TOLD = 3


def crumbs_to_editing(it: Organisation) -> Crumbs:
    return [*crumbs_of(it), (_("Edit"), reverse("register:edit", args=[it.key]))]


def undo_link(it: Organisation, activity: Activity) -> SafeString:
    url = reverse("register:change-undo", args=[it.key, activity.pk])
    return format_html('<a href="{}">{}</a>', url, _("Undo"))


@dataclass(frozen=True)
class Seal:
    """What the form is about: which row, and what of that the person has seen."""

    subject: str = ""
    nonce: str = ""  # of a new row: what is sent twice is written once
    held: Values | None = None

    @classmethod
    def of(cls, sitting: Sitting, held: Values) -> str:
        return seal({"subject": subject_of(sitting), "nonce": sitting.nonce, "held": held})

    @classmethod
    def read(cls, text: str) -> "Seal":
        found = unseal(text)
        return cls(found.get("subject", ""), found.get("nonce", ""), found.get("held"))

    def held_of(self, sitting: Sitting) -> Values | None:
        """What the row held as the person last saw it; nothing when the seal is another's."""
        return self.held if self.subject == subject_of(sitting) else None


def subject_of(sitting: Sitting) -> str:
    return sitting.row.subject if sitting.row else ""


class Page:
    """One deed with one fact, as somebody does or proposes it."""

    def __init__(
        self, request: HttpRequest, key: str, form: type[FactForm], deed: Deed, row: str
    ) -> None:
        self.request, self.key, self.form, self.deed, self.row = request, key, form, deed, row
        self.viewer: Viewer = viewer_of(request)
        self.held: Values | None = None  # what the person has seen the row hold

    def sitting(self, nonce: str, *, locked: bool) -> Sitting:
        """Raises Http404, and PermissionDenied for who may neither do nor propose it."""
        found = sit(self.viewer, self.key, self.form, self.deed, self.row, locked=locked)
        must_be_open(found, self.form)
        return replace(found, nonce=nonce)

    # Opened

    def opened(self) -> HttpResponse:
        sitting = self.sitting(new_key(), locked=False)
        basis = self.basis(sitting, self.request.GET.get(BASIS, ""))
        filled = {**basis.values, "reason": basis.reason} if basis else None
        form = self.form(sitting, initial=filled)
        return self.show(form, basis=basis)

    def basis(self, sitting: Sitting, key: str) -> Proposal | None:
        """The proposal that is accepted by this, for those who may answer it."""
        if not key or not sitting.may_edit:
            return None
        rows = Proposal.objects.visible_to(self.viewer).filter(organisation=sitting.organisation)
        found: Proposal = get_object_or_404(
            rows, key=key, about_noun=self.form.model.noun, about_key=self.row, deed=self.deed
        )
        return found

    # Sent in

    def sent(self) -> HttpResponse:
        """Within a transaction: the organisation is locked from here to the end of it."""
        sealed = Seal.read(self.request.POST.get(SEEN, ""))
        sitting = self.sitting(sealed.nonce or new_key(), locked=True)
        basis = self.basis(sitting, self.request.POST.get(BASIS, ""))
        self.held = sealed.held_of(sitting)
        form = self.form(sitting, preferred(self.request.POST, self.held or {}))
        if self.request.POST.get(INTENT, intent_of(sitting)) != intent_of(sitting):
            form.is_valid()
            return self.show(form, HTTPStatus.CONFLICT, notice=moved(sitting), basis=basis)
        if self.held is None:
            form.add_error(None, _("The page had become too old. Look it through and save again."))
        if not form.is_valid():
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY, basis=basis)
        if is_written(form):
            messages.info(self.request, _("It is saved already."))
            return self.back(form)
        clashes = form.meet(self.held or {})
        if clashes:
            form.offer(clashes)
            self.held = {**(self.held or {}), **{name: form.now[name] for name in clashes}}
            return self.show(form, HTTPStatus.CONFLICT, basis=basis, clashes=clashes)
        return self.save(form, basis) if sitting.may_edit else self.propose(form)

    def save(self, form: FactForm, basis: Proposal | None) -> HttpResponse:
        sitting, it = form.sitting, form.sitting.organisation
        if basis:
            basis = waiting(basis)
        about, told_to = told_of(form)
        try:
            with together(sitting.actor, form.reason, about, told_to) as done:
                form.carry_out(done)
        except ValidationError as error:
            take_errors(form, error)
            return self.show(form, HTTPStatus.UNPROCESSABLE_ENTITY, basis=basis)
        if basis:
            adjusted = {**form.typed, "reason": ""} != {**basis.values, "reason": ""}
            conclude(basis, sitting.actor, done.first, timezone.now(), adjusted=adjusted)
        if done.first is None:
            messages.info(self.request, _("Nothing was changed."))
            return self.back(form)
        said = DONE[self.deed] % {"what": form.done_with}
        messages.success(self.request, format_html("{} {}", said, undo_link(it, done.first)))
        for warning in form.warnings():
            messages.warning(self.request, str(warning))
        return self.back(form)

    def propose(self, form: FactForm) -> HttpResponse:
        proposal = propose(form, timezone.now())
        messages.success(
            self.request, _("Your proposal has been sent. Here you see what becomes of it.")
        )
        return redirect(proposal)

    def back(self, form: FactForm) -> HttpResponse:
        url = reverse("register:edit", args=[form.sitting.organisation.key])
        return redirect(f"{url}#{self.form.slug}")

    # Shown

    def show(
        self,
        form: FactForm,
        status: int = HTTPStatus.OK,
        *,
        notice: Mapping[str, Any] | None = None,
        basis: Proposal | None = None,
        clashes: Mapping[str, Clash] | None = None,
    ) -> HttpResponse:
        sitting = form.sitting
        it, done = sitting.organisation, sitting.may_edit
        held = Seal.of(sitting, form.now if self.held is None else self.held)
        context = {
            "title": form.heading,
            "kicker": form.kicker,
            "lede": form.hints.get(self.deed) or EXPLAINED[self.deed],
            "form": form,
            "hidden": {
                SEEN: held,
                INTENT: intent_of(sitting),
                **({BASIS: basis.key} if basis else {}),
            },
            "submit": SAVE[self.deed] if done else _("Send the proposal"),
            "danger": done and self.deed is Deed.REMOVE,
            "cancel": reverse("register:edit", args=[it.key]),
            "crumbs": crumbs_to_editing(it),
            "notice": notice or (None if done else as_proposal(sitting)),
            "clashes": clashes,
            "changes": meanwhile(form, clashes) if clashes else [],
            "basis": basis,
            "proposed_by": who_proposed([basis]).get(basis.proposer, "") if basis else "",
        }
        return render(self.request, "register/editing/form.html", context, status=status)


def write(page: Page) -> HttpResponse:
    """What was sent in, in one transaction."""
    with transaction.atomic():
        return page.sent()


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


def is_written(form: FactForm) -> bool:
    """Whether the new row is there already: the form was sent twice."""
    if form.sitting.deed not in {Deed.ADD, Deed.CHANGE}:
        return False
    rows: Any = form.model._default_manager  # noqa: SLF001
    return bool(rows.filter(key=form.key_by_nonce).exists())


def told_of(form: FactForm) -> tuple[str, tuple[str, str] | None]:
    """On whose page the change is told, and to whom, where that does not follow from the row."""
    it = form.sitting.organisation
    if form.model is not Person:
        return "", None
    return it.subject, ((it.own_circle, "") if it.protected else None)


def meanwhile(form: FactForm, clashes: Mapping[str, Clash]) -> list[Any]:
    """Who changed what clashes, and when: the last changes of the row that did."""
    sitting = form.sitting
    rows = Activity.objects.filter(subject=sitting.row.subject).visible_to(sitting.viewer)
    last = rows.select_related("undoes").order_by("-pk")[: MOST_TOLD * 3]
    found = [it for it in last if clashes.keys() & it.changes.keys()]
    return tell(found[:MOST_TOLD], sitting.viewer, sitting.organisation)
