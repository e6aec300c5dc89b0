"""One version: its text in sections, its words, and who stood behind it."""

from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.models import Adoption, Version
from tillit.agreements.reading import Reading, leave_unreadable, parts_of
from tillit.agreements.rules import may_edit_version
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of
from tillit.kit.days import asked_day


@open_to(anyone)
def version(request: HttpRequest, key: str, version: str) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    rows = Version.objects.visible_to(viewer).select_related("agreement")
    found = get_object_or_404(
        rows.filter(agreement__circle__in=viewer.circles),
        Q(key=f"{key}.{version}") | Q(key=version),
        agreement__key=key,
    )
    sections = parts_of(found, "sections", viewer)
    definitions = parts_of(found, "definitions", viewer)
    adoptions = adoptions_of(found, viewer)
    cited = [found, *sections, *definitions, *adoptions]
    context = {
        "version": found,
        "agreement": found.agreement,
        "force": found.force_on(day),
        "crumbs": crumbs_of(found.agreement),
        "day": day,
        "text": sections,
        "definitions": definitions,
        "adoptions": adoptions,
        "consultations": list(found.consultations.visible_to(viewer)),
        "may_consult": may_edit_version(viewer, found),
        "others": others_than(found, viewer, day),
        "citations": citations_of((row.subject for row in cited), viewer),
    }
    return render(request, "agreements/version.html", context)


def others_than(version: Version, viewer: Viewer, day: date) -> list[Version]:
    """The agreement's other versions, to compare with."""
    versions = Reading(version.agreement, viewer, day).versions
    return [it for it in versions if it.pk != version.pk]


def adoptions_of(version: Version, viewer: Viewer) -> list[Adoption]:
    """The earliest first. A unit that the viewer may not read is not told."""
    rows = Adoption.objects.visible_to(viewer).filter(version=version)
    found = list(rows.select_related("organisation", "unit__organisation"))
    for row in found:
        row.version = version
        leave_unreadable(row, viewer, "unit")
    return sorted(found, key=lambda row: row.when.earliest)
