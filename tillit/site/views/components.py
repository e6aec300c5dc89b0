"""The living page of all components."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tillit.kit.access import anyone, open_to


@open_to(anyone)
def components(request: HttpRequest) -> HttpResponse:
    return render(request, "site/components.html")
