"""What each side promised in a version, and what it says that it did with it, year by year."""

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tillit.agreements import rules
from tillit.agreements.choices import Stage
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.models import Commitment, CommitmentFollowUp
from tillit.agreements.reading import parts_of, with_years
from tillit.agreements.views.editing.fetching import version_of
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.citations import citations_of
from tillit.kit.days import today
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.register.choices import Side


@open_to(anyone)
def promises(request: HttpRequest, key: str, version: str, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    it = version_of(viewer, key, version)
    if as_ != "page":
        rows = CommitmentFollowUp.objects.visible_to(viewer).filter(commitment__version=it)
        files = listing(f"ataganden-{it.local_key}")
        return files.respond(
            request, rows.select_related("commitment"), forms.Form(request.GET), as_
        )
    told = with_years(parts_of(it, "commitments", viewer, "principle"), viewer)
    cited = [row.subject for one in told for row in (one, *one.told_years)]
    stands = it.stage == Stage.ADOPTED
    context = {
        "version": it,
        "agreement": it.agreement,
        "crumbs": [*crumbs_of(it.agreement), (it.label, it.get_absolute_url())],
        "sides": [
            (side, stands and rules.may_write_for(viewer, it.agreement, side), of_side(told, side))
            for side in Side
        ],
        "this_year": today().year,
        "citations": citations_of(cited, viewer),
    }
    return render(request, "agreements/promises.html", context)


def of_side(rows: list[Commitment], side: str) -> list[Commitment]:
    return [row for row in rows if row.side == side]


def listing(name: str) -> Listing:
    """The files."""
    return Listing(
        _("Commitments"),
        name,
        [
            Column(_("Side"), lambda row: row.commitment.get_side_display()),
            Column(_("No."), lambda row: row.commitment.number),
            Column(_("Commitment"), lambda row: row.commitment.text),
            Column(_("Year"), lambda row: row.year),
            Column(_("What came of it"), lambda row: row.text),
            Column(_("Key"), lambda row: row.key),
        ],
        "agreements/promises.html",
        by=("-year", "key"),
    )
