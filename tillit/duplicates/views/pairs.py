"""What may be the same: to look through, and to have looked for."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.duplicates.kinds import KINDS
from tillit.duplicates.models import State
from tillit.duplicates.pairing import key_of
from tillit.duplicates.reading import pairs_for
from tillit.duplicates.rules import sees_pairs
from tillit.duplicates.tasks import find
from tillit.kit.access import open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.days import today
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.models import Organisation
from tillit.register.rules import secretariat_of


class PairsForm(forms.Form):
    slag = forms.ChoiceField(
        label=_("Kind"), choices=[(it.noun, it.title) for it in KINDS.values()], required=False
    )
    lage = forms.ChoiceField(
        label=_("State"), choices=[("", _("To decide")), *State.choices[1:]], required=False
    )

    @property
    def noun(self) -> str:
        return str(self.cleaned_data["slag"] or Organisation.noun)


def narrowed(form: PairsForm, rows: Any, day: date) -> Any:
    """Those of the kind and state that are asked for: without any, organisations to decide on."""
    if not form.is_valid():
        return rows.none()
    state = form.cleaned_data["lage"]
    found = rows.of(form.noun)
    return found.filter(state=state) if state else found.waiting(day)


def preparing(viewer: Viewer) -> Any:
    def prepare(pairs: Sequence[Any]) -> None:
        """Names of both, and what speaks for and against, for all pairs of a page at once."""
        for noun, kind in KINDS.items():
            mine = [it for it in pairs if it.noun_of_both == noun]
            keys = {key_of(subject) for it in mine for subject in it.subjects}
            rows = {it.key: it for it in kind.rows(viewer).filter(key__in=keys)} if keys else {}
            both = [(rows[it.keys[0]], rows[it.keys[1]]) for it in mine]
            weighed = kind.weigh(both, viewer, today()) if both else []
            for it, rows_of_it, likeness in zip(mine, both, weighed, strict=True):
                it.names, it.likeness = [str(row) for row in rows_of_it], likeness

    return prepare


VERDICTS = {
    "likely": _("likely the same"),
    "possible": _("possibly the same"),
    "unlikely": _("hardly the same"),
}


def verdict(row: Any) -> str:
    return str(VERDICTS[row.likeness.verdict])


def listing_for(viewer: Viewer) -> Listing:
    return Listing(
        _("Duplicates"),
        "dubbletter",
        [
            Column(
                _("Which two"),
                lambda row: " – ".join(row.names),
                link=lambda row: row.get_absolute_url(),
            ),
            Column(_("How likely"), verdict, template="duplicates/cells/verdict.html"),
            Column(_("For"), lambda row: " ".join(row.likeness.speaks_for)),
            Column(
                _("Against"),
                lambda row: " ".join(row.likeness.speaks_against),
            ),
        ],
        "duplicates/pairs.html",
        by=("-score", "key"),
        size=20,
        more_in_files=[
            Column(_("State"), lambda row: row.get_state_display()),
            Column(_("Shown again"), lambda row: row.until),
            Column(_("Reason"), lambda row: row.why),
            Column(_("Found"), lambda row: row.found_on),
            Column(_("Key"), lambda row: row.keys[0]),
            Column(_("Key of the other"), lambda row: row.keys[1]),
        ],
        prepare=preparing(viewer),
    )


@open_to(sees_pairs)
def pairs(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    form = PairsForm(request.GET)
    rows = narrowed(form, pairs_for(viewer), today())
    return listing_for(viewer).respond(request, rows, form, as_)


@open_to(sees_pairs, methods=("POST",))
def search(request: HttpRequest) -> HttpResponse:
    """Have them looked for now, and not first at night."""
    office = secretariat_of(viewer_of(request))
    find.enqueue(office.pk if office else None)
    messages.success(
        request, _now("It is being looked for. Come back to this page in a minute or two.")
    )
    return redirect("duplicates:pairs")
