"""A record is entered and told otherwise; an organisation says under which number it has it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, open_to, signed_in, viewer_of
from tillit.kit.changes import Actor, create, remove
from tillit.kit.changes import change as change_row
from tillit.kit.circles import Viewer
from tillit.kit.contributions import Link, links_to
from tillit.kit.files import keeping
from tillit.kit.forms import form_page, posted, take_errors
from tillit.kit.models import StoredFile
from tillit.kit.refusal import Refused
from tillit.records.actions import edit, enter
from tillit.records.crumbs import crumbs
from tillit.records.forms.record import RecordForm
from tillit.records.forms.steps import NumberForm
from tillit.records.models import CaseNumber, Record
from tillit.records.reading import Reading
from tillit.records.rules import acting_for, may_edit, may_enter, may_keep, may_number
from tillit.records.views.fetching import around, reading_for
from tillit.register.models import Organisation


@open_to(may_enter, methods=WRITING)
def new_record(request: HttpRequest) -> HttpResponse:
    """`?om=` is the subject that it belongs to, as far as the viewer knows it."""
    viewer = viewer_of(request)
    keeper = keeper_of(viewer)
    of = request.GET.get("om", "").replace("\0", "")
    about = links_to([of], viewer).get(of) if of else None
    form = RecordForm(posted(request), request.FILES or None, keeper=keeper)
    if form.is_valid():
        record = Record(keeper=keeper, of=of if about else "", **form.said)
        if entered(form, record, viewer):
            messages.success(request, _("The record is there, as a draft."))
            return redirect(record)
    return form_page(
        request,
        form,
        title=_("Enter a record"),
        lede=lede_of(keeper, about),
        submit=_("Enter it"),
        crumbs=crumbs(),
        cancel=crumbs()[0][1],
    )


def keeper_of(viewer: Viewer) -> Organisation:
    found = acting_for(viewer)
    assert found is not None  # noqa: S101 (the view is open to nobody else)
    return found


def lede_of(keeper: Organisation, about: Link | None) -> str:
    kept = _("It is kept by %(organisation)s.") % {"organisation": keeper}
    return f"{about.title}. {kept}" if about else kept


def entered(form: RecordForm, record: Record, viewer: Viewer) -> bool:
    """Whether it could be entered; otherwise the form says why not."""
    actor = Actor.of(viewer)
    try:
        enter(record, form.upload, actor, timezone.now())
    except ValidationError as error:
        take_errors(form, error)
        return False
    if number := form.cleaned_data["number"]:
        create(CaseNumber(record=record, organisation=record.keeper, number=number), actor)
    return True


@open_to(signed_in, methods=WRITING)
def change(request: HttpRequest, key: str) -> HttpResponse:
    reading = reading_for(request, key, may_edit)
    record = reading.record
    form = RecordForm(posted(request), request.FILES or None, keeper=record.keeper, record=record)
    if form.is_valid():
        try:
            done = edit(record, form.said, form.upload, Actor.of(reading.viewer), timezone.now())
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("Saved.") if done else _("Nothing was changed."))
            return redirect(record)
    return form_page(
        request,
        form,
        title=_("Change the record"),
        lede=record.title,
        submit=_("Save"),
        **around(record),
    )


@open_to(signed_in, methods=WRITING)
def removal(request: HttpRequest, key: str) -> HttpResponse:
    """A draft goes, with its file. Asks first."""
    reading = reading_for(request, key, may_keep)
    record = reading.record
    if record.is_frozen:
        raise Refused(_("What has been established is not taken away, but weeded."), 409)
    if request.method == "POST":
        remove_draft(reading)
        messages.success(request, _("The draft is gone."))
        return redirect("records:records")
    return render(request, "records/removal.html", {"record": record, **around(record)})


def remove_draft(reading: Reading) -> None:
    actor = Actor.of(reading.viewer)
    files = list(StoredFile.objects.of(reading.record.subject))
    for row in [*reading.numbers, *reading.rows_of_signatories()]:
        remove(row, actor)
    try:
        remove(reading.record, actor)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), 409)
    for file in files:
        keeping.take_away(file, actor)


@open_to(signed_in, methods=WRITING)
def number(request: HttpRequest, key: str) -> HttpResponse:
    """The number of the organisation that one acts for."""
    reading = reading_for(request, key, may_number)
    own = keeper_of(reading.viewer)
    rows = CaseNumber.objects.visible_to(reading.viewer).filter(record=reading.record)
    row = rows.filter(organisation=own).first()
    form = NumberForm(posted(request), initial={"number": row.number if row else ""})
    if form.is_valid():
        write_number(form.cleaned_data["number"], row, reading, own)
        messages.success(request, _("Saved."))
        return redirect(reading.record)
    return form_page(
        request,
        form,
        title=_("Our case number"),
        lede=f"{own}: {reading.record.title}",
        submit=_("Save"),
        **around(reading.record),
    )


def write_number(number: str, row: Any, reading: Reading, own: Organisation) -> None:
    actor = Actor.of(reading.viewer)
    if row is None and number:
        create(CaseNumber(record=reading.record, organisation=own, number=number), actor)
    elif row is not None and number:
        change_row(row, {"number": number}, actor)
    elif row is not None:
        remove(row, actor)
