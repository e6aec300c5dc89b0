"""Each side tells how it goes: with a measure, and with what it promised."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tillit.agreements import rules
from tillit.agreements.choices import Stage
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.forms.part import PartForm
from tillit.agreements.forms.part import Sitting as Base
from tillit.agreements.forms.telling import CommitmentFollowUpForm, MeasureFollowUpForm, StatusForm
from tillit.agreements.models import (
    Agreement,
    Commitment,
    CommitmentFollowUp,
    Measure,
    MeasureFollowUp,
)
from tillit.agreements.views.editing.fetching import agreement_of, version_of
from tillit.agreements.views.editing.writing import Writing
from tillit.kit.access import WRITING, insist, open_to, signed_in
from tillit.kit.circles import Viewer
from tillit.kit.days import EARLIEST, today
from tillit.kit.editing.choices import Deed
from tillit.kit.editing.form import Values
from tillit.kit.editing.page import Seal
from tillit.kit.refusal import Refused
from tillit.register.crumbs import Crumbs


@dataclass(frozen=True)
class Sitting(Base):
    """Somebody who is about to tell of a measure or a commitment, for a side."""

    told_of: Any = None
    year: int = 0

    @property
    def measure(self) -> Measure:
        found: Measure = self.told_of
        return found

    @property
    def agreement(self) -> Agreement:
        found: Agreement = self.told_of.version.agreement
        return found


def measure_of(viewer: Viewer, key: str, measure: str, *, locked: bool = False) -> Measure:
    """Of a version that others than the parties read. Raises Http404 and Refused."""
    agreement = agreement_of(viewer, key, locked=locked)
    rows = Measure.objects.visible_to(viewer).select_related("version", "lead")
    found: Measure = get_object_or_404(
        rows, Q(key=f"{key}.{measure}") | Q(key=measure), version__agreement=agreement
    )
    found.version.agreement = agreement
    must_stand(found)
    return found


def commitment_of(
    viewer: Viewer, at: tuple[str, str], row: str, *, locked: bool = False
) -> Commitment:
    version = version_of(viewer, *at, locked=locked)
    rows = Commitment.objects.visible_to(viewer)
    found: Commitment = get_object_or_404(rows, key=row, version=version)
    found.version = version
    must_stand(found)
    return found


def must_stand(row: Any) -> None:
    """Raise Refused of what nobody has agreed on yet."""
    if row.version.stage != Stage.ADOPTED:
        raise Refused(_("This is not agreed yet, so there is nothing to tell of it."), 409)


def must_be_a_year(year: int, day: Any) -> None:
    if not EARLIEST.year <= year <= day.year:
        raise Refused(_("Choose a year that has begun."), 400)


def sitting(told_of: Any, row: Any, side: str, viewer: Viewer, year: int = 0) -> Sitting:
    """To say something new, or to write over what the side has said."""
    deed = Deed.ADD if row is None else Deed.CORRECT
    if row is not None:
        for name in ("measure", "commitment"):
            if hasattr(row, f"{name}_id"):
                setattr(row, name, told_of)
    return Sitting(told_of, deed, viewer, today(), row, side=side, told_of=told_of, year=year)


class Telling(Writing):
    """What a side tells. What it had told already is written over, in the open."""

    def held_in(self, sealed: Seal, sitting: Any) -> Values | None:
        """What a colleague told since the page was opened, when nothing was told, is met as well."""
        if sitting.row is not None and sealed.held == {} and not sealed.subject:
            return dict.fromkeys(self.form.own, "")
        return super().held_in(sealed, sitting)

    def sit(self, *, locked: bool) -> Sitting:
        found = self.found(locked=locked)
        self.deed = found.deed
        return found

    def found(self, *, locked: bool) -> Sitting:
        raise NotImplementedError

    def back_url(self, form: Any) -> str:
        return str(form.sitting.told_of.get_absolute_url())

    def crumbs(self, form: Any) -> Crumbs:
        return crumbs_of(form.sitting.agreement)


class OfMeasure(Telling):
    def __init__(
        self,
        request: HttpRequest,
        at: tuple[str, str],
        form: type[PartForm],
        year: int | None = None,
    ) -> None:
        super().__init__(request, form, Deed.ADD)
        self.at, self.year = at, year

    def found(self, *, locked: bool) -> Sitting:
        measure = measure_of(self.viewer, *self.at, locked=locked)
        insist(self.viewer, rules.may_draft, measure.version.agreement)
        side = rules.side_edited_by(self.viewer, measure.version.agreement)
        if self.year is None:
            return sitting(measure, None, side, self.viewer)
        must_be_a_year(self.year, today())
        rows = MeasureFollowUp.objects.filter(measure=measure, year=self.year, side=side)
        return sitting(measure, rows.first(), side, self.viewer, self.year)


class OfCommitment(Telling):
    def __init__(self, request: HttpRequest, at: tuple[str, str], row: str, year: int) -> None:
        super().__init__(request, CommitmentFollowUpForm, Deed.ADD)
        self.at, self.row, self.year = at, row, year

    def found(self, *, locked: bool) -> Sitting:
        it = commitment_of(self.viewer, self.at, self.row, locked=locked)
        insist(self.viewer, rules.may_write_for, it.version.agreement, it.side)
        must_be_a_year(self.year, today())
        row = CommitmentFollowUp.objects.filter(commitment=it, year=self.year).first()
        return sitting(it, row, it.side, self.viewer, self.year)

    def back_url(self, form: Any) -> str:
        return str(form.sitting.told_of.version.promises_url)


@open_to(signed_in, methods=WRITING)
def measure_follow_up(request: HttpRequest, key: str, measure: str, year: int) -> HttpResponse:
    return OfMeasure(request, (key, measure), MeasureFollowUpForm, year).answer()


@open_to(signed_in, methods=WRITING)
def measure_status(request: HttpRequest, key: str, measure: str) -> HttpResponse:
    return OfMeasure(request, (key, measure), StatusForm).answer()


@open_to(signed_in, methods=WRITING)
def commitment_follow_up(
    request: HttpRequest, key: str, version: str, row: str, year: int
) -> HttpResponse:
    return OfCommitment(request, (key, version), row, year).answer()
