"""All records that one may read, the latest first."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.days import format_bound
from tillit.kit.exports import Column
from tillit.kit.listing import Listing
from tillit.kit.swedish import fold
from tillit.kit.widgets import LongSelect
from tillit.records.choices import Kind, State
from tillit.records.models import CaseNumber, Record
from tillit.records.rules import may_enter
from tillit.register.models import Organisation

MOST_KEEPERS = 200  # a longer choice helps nobody


class RecordsForm(forms.Form):
    """Text in the title or a case number, kind, keeper, state and year."""

    q = forms.CharField(label=_("Title or case number"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of document"), choices=[("", _("All")), *Kind.choices], required=False
    )
    keeper = forms.ChoiceField(label=_("Keeper"), widget=LongSelect, required=False)
    state = forms.ChoiceField(
        label=_("State"), choices=[("", _("All")), *State.choices], required=False
    )
    year = forms.CharField(label=_("Year"), max_length=4, required=False)

    def __init__(self, data: Any, *, keepers: Sequence[Organisation]) -> None:
        super().__init__(data)
        choices = [("", _("All")), *((it.key, it.name) for it in keepers)]
        self.fields["keeper"].choices = choices  # type: ignore[attr-defined]

    def clean_year(self) -> str:
        year = str(self.cleaned_data["year"])
        if year and not re.fullmatch(r"[12]\d{3}", year, re.ASCII):
            raise ValidationError(_now("Write a year with four digits, such as 2012."))
        return year


def keepers_for(viewer: Viewer, asked: str) -> list[Organisation]:
    """Those that keep something that the viewer may read; of very many, the one asked for."""
    kept = Record.objects.visible_to(viewer).order_by().values("keeper")
    rows = Organisation.objects.visible_to(viewer).filter(pk__in=kept).order_by("sort_key", "key")
    found = list(rows[: MOST_KEEPERS + 1])
    return found if len(found) <= MOST_KEEPERS else list(rows.filter(key=asked))


def narrowed(rows: Any, said: dict[str, str], viewer: Viewer) -> Any:
    if said["q"]:
        folded = fold(said["q"])
        numbers = CaseNumber.objects.visible_to(viewer).filter(folded__contains=folded)
        numbers = numbers if folded else numbers.none()
        by_title = rows.containing(said["q"])
        rows = by_title | rows.filter(pk__in=numbers.values("record"))
    for name, column in {"kind": "kind", "keeper": "keeper__key", "state": "state"}.items():
        if said[name]:
            rows = rows.filter(**{column: said[name]})
    return rows.filter(dated_key__startswith=said["year"]) if said["year"] else rows


def listing_for(viewer: Viewer) -> Listing:
    numbers: dict[int, list[str]] = defaultdict(list)

    def prepare(rows: Sequence[Record]) -> None:
        for it in CaseNumber.objects.visible_to(viewer).filter(record__in=list(rows)):
            numbers[it.record_id].append(it.number)

    return Listing(
        _("Records"),
        "handlingar",
        [
            Column(_("Title"), lambda row: row.title, lambda row: row.get_absolute_url()),
            Column(_("Kind of document"), lambda row: row.get_kind_display()),
            Column(_("Day"), lambda row: format_bound(row.when) if row.dated else ""),
            Column(_("State"), lambda row: row.get_state_display()),
            Column(_("Keeper"), lambda row: row.keeper.name),
            Column(_("Case number"), lambda row: "; ".join(numbers[row.pk])),
        ],
        "records/records.html",
        by=("-dated_key", "key"),
        more_in_files=[
            Column(_("Key"), lambda row: row.key),
            Column("SHA-256", lambda row: row.sha256),
        ],
        prepare=prepare,
    )


@open_to(anyone)
def record_list(request: HttpRequest, as_: str = "page") -> HttpResponseBase:
    viewer = viewer_of(request)
    keepers = keepers_for(viewer, request.GET.get("keeper", ""))
    form = RecordsForm(request.GET, keepers=keepers)
    rows = Record.objects.visible_to(viewer).select_related("keeper")
    if form.is_valid():
        rows = narrowed(rows, form.cleaned_data, viewer)
    more = {"may_enter": may_enter(viewer)} if as_ == "page" else {}
    return listing_for(viewer).respond(request, rows, form, as_, **more)
