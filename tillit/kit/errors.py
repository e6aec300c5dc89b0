"""Our own pages for what goes wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tillit.kit.refusal import Refused


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """With the capacities of the person in which the page would open, to choose one."""
    others = getattr(exception, "capacities", ())
    return render(request, "403.html", {"others": others}, status=403)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent without its token: as a rule it had stood open for too long."""
    words = _("The form had become too old. Go back, load the page again and try once more.")
    return render(request, "refused.html", {"refused": Refused(words, status=403)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Made without the database and without the request, since either may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)
