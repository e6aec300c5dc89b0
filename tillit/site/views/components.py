"""The living page of all components, made with the objects that pages make them with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.kit.access import anyone, open_to
from tillit.site.views import component_samples as samples
from tillit.site.views import form_samples


@open_to(anyone)
def components(request: HttpRequest) -> HttpResponse:
    context = {
        "crumbs": samples.CRUMBS,
        "day": samples.DAY,
        "tones": samples.tones(),
        "civil": samples.civil(),
        "public": samples.public(),
        "cards": samples.cards(),
        "fact": samples.FACTS,
        "facts": samples.SIMPLE_FACTS,
        "figure": samples.figure(),
        "citations": samples.citations(),
        "moments": samples.moments(),
        "panel_sample": samples.panel(),
        "map": samples.gatherings(),
        "charts": samples.charts(),
        "listing": samples.listing(),
        "wrong": samples.wrong_listing(),
        "none": samples.empty_listing(),
        "hits": samples.hits(),
        "writing": form_samples.writing(),
        "wrong_writing": form_samples.wrong_writing(),
        "told": form_samples.told(),
        "errands": form_samples.errands(samples.DAY),
        "steps": form_samples.steps(),
    }
    return render(request, "site/components.html", context)
