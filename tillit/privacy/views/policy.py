"""How personal data is kept here: made from what the contexts say of themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.contributions import own_data_of, responsible
from tillit.privacy.rules import administers


@open_to(anyone)
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "responsible": responsible(),
        "parts": own_data_of("", None),
        "administers": administers(viewer_of(request)),
    }
    return render(request, "privacy/privacy.html", context)
