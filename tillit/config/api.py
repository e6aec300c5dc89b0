"""The API of the whole: the routers that the contexts contribute, and problems in words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError

from tillit.kit import errors
from tillit.kit.access import anyone, viewer_of
from tillit.kit.contributions import contributions
from tillit.kit.refusal import Refused


def whoever(request: HttpRequest) -> bool:
    """The API is open to all; what a caller sees is decided row by row, by circle."""
    return anyone(viewer_of(request))


ROOT = "/api/v1/"

api = NinjaAPI(
    title="Tillit",
    version="1",
    description="Organisations, places and memberships as they were on any day, with sources.",
    auth=whoever,
    docs_url=None,
    urls_namespace="api",
)
for given in contributions():
    for prefix, router in given.routers.items():
        api.add_router(prefix, router)


def problem(status: int, title: str, detail: str = "") -> JsonResponse:
    return JsonResponse(
        {"type": "about:blank", "title": title, "status": status, "detail": detail},
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A problem where machines ask, a page where people do."""
    if request.path.startswith(ROOT):
        return problem(404, _("There is nothing here."))
    return errors.not_found(request, exception)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status, _("The request can't be met."), str(error))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: Any) -> HttpResponse:
    said = "; ".join(f"{fault['loc'][-1]}: {fault['msg']}" for fault in error.errors)
    return problem(400, _("The request can't be met."), said)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, _("There is nothing here."))


@api.exception_handler(PermissionDenied)
def denied(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(403, _("You may not see this."))
