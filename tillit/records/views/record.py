"""One record: what it is, how far it has come, who signed it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.contributions import panels_on
from tillit.kit.days import asked_day, today
from tillit.records.choices import State
from tillit.records.crumbs import crumbs
from tillit.records.delivery import FORMS
from tillit.records.reading import Reading
from tillit.records.rules import chosen_signatory, may_ask, may_edit, may_keep, may_number, may_weed
from tillit.records.views.steps import WORDS


@open_to(anyone)
def record(request: HttpRequest, key: str) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    reading = Reading.of(key, viewer)
    context = {
        "reading": reading,
        "record": reading.record,
        "state": State(reading.record.state),
        "crumbs": crumbs(),
        "citations": reading.citations,
        "forms": FORMS,
        "panels": panels_on(reading.record.subject, viewer, day),
        **what_may_be_done(reading),
    }
    return render(request, "records/record.html", context)


def what_may_be_done(reading: Reading) -> dict[str, Any]:
    viewer, it = reading.viewer, reading.record
    keeps = may_keep(viewer, it)
    asked = chosen_signatory(viewer, reading.rows_of_signatories())
    has_signed = any(row.has_signed for row in reading.asked if row.signatory == asked)
    there = it.is_frozen and not it.is_weeded
    due = reading.weeds_from
    return {
        "may_edit": may_edit(viewer, it),
        "may_number": may_number(viewer, it),
        "may_ask": may_ask(viewer, it) and there,
        "may_remove": keeps and not it.is_frozen,
        "steps": [(WORDS[step], step) for step in reading.next_steps] if keeps else [],
        "may_sign": asked is not None and there and bool(it.sha256) and not has_signed,
        "may_send_copy": asked is not None and there,
        "may_weed": bool(due and due <= today() and there and may_weed(viewer, it))
        and not reading.binds_others,
    }
