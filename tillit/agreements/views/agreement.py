"""One agreement: what it is, between whom, what they promised, and how it goes."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.agreements import rules
from tillit.agreements.aims import by_kind
from tillit.agreements.crumbs import crumbs
from tillit.agreements.inheritance import inherited, left_out
from tillit.agreements.progress import figures
from tillit.agreements.reading import Reading
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.citations import citations_of
from tillit.kit.contributions import panels_on
from tillit.kit.days import asked_day
from tillit.register.choices import Side


@open_to(anyone)
def agreement(request: HttpRequest, key: str) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    reading = Reading.of(key, viewer, day)
    principles, above = reading.principles
    commitments = reading.commitments
    context = {
        "reading": reading,
        "agreement": reading.agreement,
        "crumbs": crumbs(),
        "day": day,
        "aims": by_kind(reading.aims),
        "principles": principles,
        "promised": [(side, [it for it in commitments if it.side == side]) for side in Side],
        "inherited": inherited(principles, above),
        "left_out": left_out(principles, above),
        "comes_from_above": any(it.taken_from for it in principles),
        "figures": figures(reading.measures, day),
        "may_draft": rules.may_draft(viewer, reading.agreement),
        "has_promises": bool(commitments),
        "versions": [(it, it.force_on(day)) for it in reversed(reading.versions)],
        "citations": citations_of(subjects(reading, reading.aims, principles, commitments), viewer),
        "panels": panels_on(reading.agreement.subject, viewer, day),
    }
    return render(request, "agreements/agreement.html", context)


def subjects(reading: Reading, *parts: list[Any]) -> Iterator[str]:
    rows = [reading.agreement, *reading.parties, *reading.versions]
    for row in (*rows, *(it for part in parts for it in part)):
        yield row.subject
