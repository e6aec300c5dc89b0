"""A check is opened by the public side, and answered by both: closed by the analysis alone."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tillit.agreements.forms_impact import AnalysisForm, OpeningForm, ViewForm
from tillit.agreements.models import Adherence, Agreement, ImpactCheck, Party
from tillit.agreements.rules import may_answer, may_open_check, side_edited_by
from tillit.agreements.standing import chosen_party
from tillit.agreements.views.deeds import Deed, sealed, written
from tillit.agreements.views.fetching import agreement_of, row_of
from tillit.agreements.views.impact.checks import crumbs_to_checks
from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, change, new_key
from tillit.kit.circles import PUBLIC, Viewer
from tillit.kit.days import today
from tillit.register.choices import Side
from tillit.register.models import Organisation

MOST = 500


def preparing(row: ImpactCheck) -> list[Organisation]:
    """Who of the public side may prepare a change: its parties of today, those that have joined, and
    whoever is said to.
    """
    agreement = row.agreement
    parties = Party.objects.acting(today()).filter(agreement=agreement)
    joined = Adherence.objects.on(today()).filter(agreement=agreement)
    of_it = Q(pk__in=parties.values("organisation")) | Q(pk__in=joined.values("organisation"))
    of_it |= Q(pk=row.organisation_id)
    rows = Organisation.objects.filter(of_it, sector=Side.PUBLIC, circle=PUBLIC)
    return list(rows.distinct().order_by("sort_key", "key")[:MOST])


def opening_form(data: Any, row: ImpactCheck) -> OpeningForm:
    standing = OpeningForm.standing_of(row)
    return OpeningForm(data, standing=standing, preparing=preparing(row))


def may_edit(viewer: Viewer, row: ImpactCheck) -> bool:
    return row.is_open and may_open_check(viewer, row.agreement)


def analysed(row: ImpactCheck, form: AnalysisForm, viewer: Viewer) -> None:
    change(row, {**form.new, "closed_on": today()}, Actor.of(viewer))


def viewed(row: ImpactCheck, form: ViewForm, viewer: Viewer) -> None:
    change(row, {**form.new, "view_on": today()}, Actor.of(viewer))


def page_of(row: ImpactCheck) -> str:
    if row.pk:
        return row.get_absolute_url()
    return reverse("agreements:impact-checks", args=[row.agreement.key])


def deed(title: Any, submit: Any, form: Any, carry_out: Any, **more: Any) -> Deed:
    given = {"rule": may_edit, "back": page_of, "crumbs": crumbs_to_checks}
    return Deed(title, submit, form=form, carry_out=carry_out, **{**given, **more})


NEW = deed(
    _("A change is prepared"),
    _("Open"),
    opening_form,
    written,
    lede=_(
        "When changes of what the public promises in welfare are prepared, what they mean for "
        "voluntary work is always to be analysed. It stays open until that is done."
    ),
)
EDIT = deed(_("Edit what is prepared"), _("Save"), opening_form, written)
ANSWERS = {
    Side.PUBLIC.value: deed(
        _("What it would mean for voluntary work"),
        _("The analysis is made"),
        sealed(AnalysisForm),
        analysed,
        rule=may_answer,
        lede=_("With this it is closed, and everybody reads it."),
    ),
    Side.CIVIL.value: deed(
        _("The civil side's view"), _("Save"), sealed(ViewForm), viewed, rule=may_answer
    ),
}


@open_to(signed_in, methods=WRITING)
def new_check(request: HttpRequest, key: str) -> HttpResponse:
    def fetch(agreement: Agreement, viewer: Viewer) -> ImpactCheck:
        party = chosen_party(viewer, agreement)
        row = ImpactCheck(agreement=agreement, key=new_key(agreement.key), opened_on=today())
        if party is not None and party.organisation_id:
            row.organisation_id = party.organisation_id
        return row

    return NEW.answer(request, key, fetch)


def one(check: str) -> Any:
    return lambda agreement, viewer: row_of(ImpactCheck, agreement, viewer, check, "organisation")


@open_to(signed_in, methods=WRITING)
def edit_check(request: HttpRequest, key: str, check: str) -> HttpResponse:
    return EDIT.answer(request, key, one(check))


@open_to(signed_in, methods=WRITING)
def answer(request: HttpRequest, key: str, check: str) -> HttpResponse:
    """Each side answers its own part: the one the analysis, the other its view."""
    viewer = viewer_of(request)
    side = side_edited_by(viewer, agreement_of(viewer, key))
    return ANSWERS[side or Side.PUBLIC.value].answer(request, key, one(check))
