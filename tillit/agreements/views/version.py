"""One version: its text in sections, its words, and who stood behind it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.documents import formats_of
from tillit.agreements.models import Version
from tillit.agreements.reading import Reading, adoptions_of, parts_of, version_of
from tillit.agreements.rules import may_edit_version
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of
from tillit.kit.days import asked_day


@open_to(anyone)
def version(request: HttpRequest, key: str, version: str) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    found = version_of(key, version, viewer)
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
        "others": others_than(found, viewer, day),
        "formats": formats_of(found),
        "may_take_in": may_edit_version(viewer, found),
        "citations": citations_of((row.subject for row in cited), viewer),
    }
    return render(request, "agreements/version.html", context)


def others_than(version: Version, viewer: Viewer, day: date) -> list[Version]:
    """The agreement's other versions, to compare with."""
    versions = Reading(version.agreement, viewer, day).versions
    return [it for it in versions if it.pk != version.pk]
