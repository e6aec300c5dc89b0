"""Two versions of an agreement beside each other, with what changed marked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.agreements.comparing import Comparison
from tillit.agreements.crumbs import crumbs_of
from tillit.agreements.forms import ComparisonForm
from tillit.agreements.models import Version
from tillit.agreements.reading import Reading
from tillit.agreements.wordings import TITLES
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.days import asked_day


@open_to(anyone)
def comparison(request: HttpRequest, key: str) -> HttpResponse:
    viewer, day = viewer_of(request), asked_day(request)
    reading = Reading.of(key, viewer, day)
    form = ComparisonForm(asked(request, reading.versions), versions=reading.versions)
    is_valid = form.is_valid()
    context = {
        "agreement": reading.agreement,
        "crumbs": crumbs_of(reading.agreement),
        "day": day,
        "form": form,
        "has_several": len(reading.versions) > 1,
        **(compared(form, reading) if is_valid else {}),
    }
    wrong = reading.versions and not is_valid
    return render(request, "agreements/comparison.html", context, status=400 if wrong else 200)


def asked(request: HttpRequest, versions: list[Version]) -> dict[str, Any]:
    """What the address asks for; where it says nothing the first and the last that were in force."""
    known = [it for it in versions if it.says_when] or versions
    ends = {"fran": known[0].local_key, "till": known[-1].local_key} if known else {}
    return {**ends, **{name: value for name, value in request.GET.items() if name in ends}}


def compared(form: ComparisonForm, reading: Reading) -> dict[str, Any]:
    by_key = {it.local_key: it for it in reading.versions}
    before, after = by_key[form.cleaned_data["fran"]], by_key[form.cleaned_data["till"]]
    found = Comparison(before, after, reading.viewer).by_noun()
    return {
        "before": before,
        "after": after,
        "parts": [(title, found[noun]) for noun, title in TITLES.items() if noun in found],
        "without_text": [it for it in (before, after) if not it.is_known],
    }
