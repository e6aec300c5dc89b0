"""An agreement's entry and its parties, edited."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.agreements import rules
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.forms.entry import AgreementForm, PartyForm
from tillit.agreements.forms.part import PartForm, Sitting
from tillit.agreements.models import Agreement, Party
from tillit.agreements.reading import Reading, with_parties
from tillit.agreements.views.editing.fetching import agreement_of
from tillit.agreements.views.editing.writing import Writing, crumbs_to_entry, entry_url
from tillit.kit.access import WRITING, insist, open_to, signed_in, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.days import format_period, today
from tillit.kit.editing.choices import DEEDS, WORD_OF, Deed
from tillit.kit.editing.words import CHOICES
from tillit.register.choices import Side
from tillit.register.crumbs import Crumbs

Sides = list[tuple[Side, bool, list[Party]]]


@open_to(signed_in)
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """All that can be changed of an agreement, with one action each."""
    viewer = viewer_of(request)
    it = agreement_of(viewer, key)
    insist(viewer, rules.may_draft, it)
    reading = Reading(it, viewer, today())
    context = {
        "agreement": it,
        "crumbs": crumbs_of(it),
        "facts": facts_of(it),
        "sides": list(sides_of(it, viewer)),
        "versions": [
            (row, rules.may_edit_version(viewer, row)) for row in reversed(reading.versions)
        ],
    }
    return render(request, "agreements/editing/overview.html", context)


def facts_of(it: Agreement) -> list[tuple[str, Any]]:
    return [
        (_("Title"), it.title),
        (_("Level"), it.get_level_display()),
        (_("Place"), it.place or ""),
        (_("Builds on"), it.parent or ""),
        (_("Description"), it.description),
        (_("Period"), format_period(it.period)),
        (_("Who sees it"), _("The parties alone") if it.private else _("Everybody")),
    ]


def sides_of(it: Agreement, viewer: Viewer) -> Iterator[tuple[Side, bool, list[Party]]]:
    """Both sides, whether the viewer writes their parties, and these."""
    rows = list(with_parties(viewer).filter(agreement=it))
    for side in Side:
        may = rules.may_write_party(viewer, it, side)
        yield side, may, [row for row in rows if row.side == side]


class OfAgreement(Writing):
    """A deed with an agreement's entry, or with one of its parties."""

    def __init__(
        self, request: HttpRequest, key: str, form: type[PartForm], deed: Deed, row: str = ""
    ) -> None:
        super().__init__(request, form, deed)
        self.key, self.row = key, row

    def sit(self, *, locked: bool) -> Sitting:
        it = agreement_of(self.viewer, self.key, locked=locked)
        insist(self.viewer, rules.may_draft, it)
        if self.form is AgreementForm:
            return Sitting(it, self.deed, self.viewer, today(), it)
        row = party_of(self.viewer, it, self.row) if self.row else None
        if row is not None:
            insist(self.viewer, rules.may_write_party, it, row.side)
        own = rules.side_edited_by(self.viewer, it) if it.has_begun else ""
        return Sitting(it, self.deed, self.viewer, today(), row, side=own)

    def back_url(self, form: Any) -> str:
        return entry_url(form.sitting.agreement)

    def crumbs(self, form: Any) -> Crumbs:
        return crumbs_to_entry(form.sitting.agreement)


def party_of(viewer: Viewer, agreement: Agreement, key: str) -> Party:
    found: Party = get_object_or_404(with_parties(viewer), key=key, agreement=agreement)
    found.agreement = agreement
    return found


@open_to(signed_in, methods=WRITING)
def edit_entry(request: HttpRequest, key: str) -> HttpResponse:
    return OfAgreement(request, key, AgreementForm, Deed.CORRECT).answer()


@open_to(signed_in, methods=WRITING)
def new_party(request: HttpRequest, key: str) -> HttpResponse:
    return OfAgreement(request, key, PartyForm, Deed.ADD).answer()


@open_to(signed_in)
def party(request: HttpRequest, key: str, row: str) -> HttpResponse:
    """What has happened to the party? One way for each answer."""
    viewer = viewer_of(request)
    it = agreement_of(viewer, key)
    found = party_of(viewer, it, row)
    insist(viewer, rules.may_write_party, it, found.side)
    context = {
        "title": str(found),
        "kicker": it.title,
        "text": found.get_side_display(),
        "period": format_period(found.as_read),
        "crumbs": crumbs_to_entry(it),
        "cards": [
            {
                "title": title,
                "text": text,
                "url": reverse("agreements:party-deed", args=[it.key, found.key, WORD_OF[deed]]),
            }
            for deed, (title, text) in CHOICES.items()
        ],
    }
    return render(request, "register/editing/fact.html", context)


@open_to(signed_in, methods=WRITING)
def party_deed(request: HttpRequest, key: str, row: str, word: str) -> HttpResponse:
    deed = DEEDS.get(word, Deed.ADD)
    if deed is Deed.ADD:
        raise Http404
    return OfAgreement(request, key, PartyForm, deed, row).answer()
