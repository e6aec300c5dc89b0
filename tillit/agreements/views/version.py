"""One version: its text in sections, all else that it says, and who stood behind it."""

from collections.abc import Iterable
from datetime import date
from itertools import chain

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.agreements import rules
from tillit.agreements.adopting import Stance, is_whole, stances
from tillit.agreements.aims import by_kind
from tillit.agreements.choices import Stage
from tillit.agreements.consulting.responding import came_of_answers
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.documents import formats_of, promised
from tillit.agreements.models import (
    Adoption,
    Aim,
    Commitment,
    Definition,
    Measure,
    Principle,
    Version,
)
from tillit.agreements.reading import Reading, adoptions_of, parts_of, version_of, with_parties
from tillit.agreements.wordings import wordings_of
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.circles import Viewer
from tillit.kit.citations import citations_of
from tillit.kit.contributions import panels_on
from tillit.kit.days import asked_day, today


@open_to(anyone)
def version(request: HttpRequest, key: str, version: str) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    found = version_of(key, version, viewer)
    sections = parts_of(found, "sections", viewer)
    wordings = wordings_of(found, viewer)
    consultations = list(found.consultations.visible_to(viewer))
    if consultations:
        came_of_answers([*sections, *chain.from_iterable(wordings.values())], viewer)
    adoptions = adoptions_of(found, viewer)
    binding = [it for it in adoptions if it.is_binding]
    found_stances = [] if found.stage == Stage.ADOPTED else stances_of(found, binding, viewer)
    cited = [found, *sections, *chain.from_iterable(wordings.values()), *adoptions]
    context = {
        "version": found,
        "agreement": found.agreement,
        "force": found.force_on(day),
        "crumbs": crumbs_of(found.agreement),
        "day": day,
        "text": sections,
        "aims": by_kind(wordings.get(Aim.noun, [])),
        "definitions": wordings.get(Definition.noun, []),
        "principles": wordings.get(Principle.noun, []),
        "promised": promised(wordings.get(Commitment.noun, [])),
        "measures": wordings.get(Measure.noun, []),
        "adoptions": adoptions,
        "stances": found_stances,
        "lacks_day": is_whole(found_stances) and rules.may_draft(viewer, found.agreement),
        "may_adopt": rules.may_adopt(viewer, found),
        "may_ask": rules.may_ask_to_sign(viewer, found) and found.signed_as_id is None,
        "may_draft": rules.may_draft(viewer, found.agreement),
        "may_edit": rules.may_edit_version(viewer, found),
        "own": viewer.chosen.behalf if viewer.chosen else "",
        "consultations": consultations,
        "may_consult": rules.may_edit_version(viewer, found),
        "others": others_than(found, viewer, day),
        "panels": panels_on(found.subject, viewer, day),
        "formats": formats_of(found),
        "citations": citations_of((row.subject for row in cited), viewer),
    }
    return render(request, "agreements/version.html", context)


def stances_of(version: Version, binding: Iterable[Adoption], viewer: Viewer) -> list[Stance]:
    """Which of the parties of today have adopted it, as far as the viewer may read them."""
    rows = with_parties(viewer).filter(agreement=version.agreement).acting(today())
    return stances(binding, rows)


def others_than(version: Version, viewer: Viewer, day: date) -> list[Version]:
    """The agreement's other versions, to compare with."""
    versions = Reading(version.agreement, viewer, day).versions
    return [it for it in versions if it.pk != version.pk]
