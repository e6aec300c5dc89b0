"""Signatures: asked for, given here, and sent in on a copy that was signed elsewhere."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from tillit.kit.access import WRITING, InAnotherCapacity, open_to, others_by_which, signed_in
from tillit.kit.changes import Actor
from tillit.kit.circles import Viewer
from tillit.kit.forms import form_page, posted, take_errors
from tillit.kit.refusal import Refused
from tillit.records.actions import add_copy, ask_signatures, sign, take_back
from tillit.records.forms.signing import AskForm, CopyForm, SignForm
from tillit.records.models import Record, Signatory, Signature
from tillit.records.reading import Reading
from tillit.records.rules import chosen_signatory, may_ask
from tillit.records.views.fetching import around, reading_for
from tillit.register.standing import person_of


@open_to(signed_in, methods=WRITING)
def asking(request: HttpRequest, key: str) -> HttpResponse:
    reading = reading_for(request, key, may_ask)
    form = AskForm(posted(request), viewer=reading.viewer)
    if form.is_valid() and asked(form, reading):
        messages.success(request, _("It is asked for, and stands on the desk of who can sign."))
        return redirect(reading.record)
    return form_page(
        request,
        form,
        title=_("Ask for a signature"),
        lede=reading.record.title,
        submit=_("Ask for it"),
        **around(reading.record),
    )


def asked(form: AskForm, reading: Reading) -> bool:
    """Whether they could be asked; otherwise the form says why not."""
    whom = [(form.cleaned_data["organisation"], form.signs_on)]
    try:
        ask_signatures(reading.record, whom, Actor.of(reading.viewer))
    except ValidationError as error:
        take_errors(form, error)
    return form.is_valid()


@open_to(signed_in, methods=("POST",))
def taking_back(request: HttpRequest, key: str, asked: str) -> HttpResponse:
    reading = reading_for(request, key, may_ask)
    rows = Signatory.objects.visible_to(reading.viewer).filter(record=reading.record)
    row = get_object_or_404(rows.select_related("record", "organisation"), key=asked)
    take_back(row, Actor.of(reading.viewer))
    messages.success(request, _("It is not asked for any more."))
    return redirect(reading.record)


def signatory_for(request: HttpRequest, key: str) -> tuple[Reading, Signatory]:
    """What is asked of whom the viewer may bind. Raises Http404, InAnotherCapacity."""

    def may(viewer: Viewer, record: Record) -> bool:
        return chosen_signatory(viewer, reading.rows_of_signatories()) is not None

    reading = reading_for(request, key, lambda _viewer, _record: True)
    if not may(reading.viewer, reading.record):
        raise InAnotherCapacity(others_by_which(reading.viewer, may, reading.record))
    return reading, chosen_signatory(reading.viewer, reading.rows_of_signatories())


@open_to(signed_in, methods=WRITING)
def signing(request: HttpRequest, key: str) -> HttpResponse:
    reading, signatory = signatory_for(request, key)
    record = reading.record
    person = person_of(reading.viewer)
    if person is None or not record.sha256 or not record.is_frozen or record.is_weeded:
        raise Refused(_("There is nothing to sign here: the file is not known."), 409)
    form = SignForm(posted(request), initial={"sha256": record.sha256})
    if form.is_valid():
        said = form.cleaned_data
        signature = Signature(
            record=record,
            organisation=signatory.organisation,
            person=person,
            name=person.name,
            role=said["role"],
            place=said["place"],
        )
        if signed(form, signature, said["sha256"], reading.viewer):
            messages.success(request, _("You have signed."))
            return redirect(record)
    return form_page(
        request, form, "records/sign.html", **sign_context(reading, signatory, person.name)
    )


def signed(form: SignForm, signature: Signature, seen: str, viewer: Viewer) -> bool:
    """Whether it could be signed; otherwise the form says why not."""
    try:
        sign(signature, seen, Actor.of(viewer), timezone.now())
    except ValidationError as error:
        take_errors(form, error)
    return form.is_valid()


def sign_context(reading: Reading, signatory: Signatory, name: str) -> dict[str, Any]:
    return {
        "title": _("Sign"),
        "lede": reading.record.title,
        "submit": _("Sign for %(organisation)s") % {"organisation": signatory.organisation},
        "reading": reading,
        "record": reading.record,
        "signatory": signatory,
        "name": name,
        **around(reading.record),
    }


@open_to(signed_in, methods=WRITING)
def new_copy(request: HttpRequest, key: str) -> HttpResponse:
    reading, signatory = signatory_for(request, key)
    has_signed = any(it.has_signed for it in reading.asked if it.signatory == signatory)
    form = CopyForm(posted(request), request.FILES or None, has_signed=has_signed)
    if form.is_valid() and sent_in(form, reading, signatory):
        messages.success(request, _("Your copy is there."))
        return redirect(reading.record)
    return form_page(
        request,
        form,
        title=_("Send in your signed copy"),
        lede=f"{signatory.organisation}: {reading.record.title}",
        submit=_("Send it in"),
        **around(reading.record),
    )


def sent_in(form: CopyForm, reading: Reading, signatory: Signatory) -> bool:
    """Whether it could be taken; otherwise the form says why not."""
    record, organisation = reading.record, signatory.organisation
    signature = None
    if not form.has_signed:
        signature = Signature(record=record, organisation=organisation, **form.said)
    actor = Actor.of(reading.viewer)
    try:
        add_copy(record, organisation, form.upload, signature, actor, timezone.now())
    except ValidationError as error:
        take_errors(form, error)
    return form.is_valid()
