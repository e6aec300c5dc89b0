"""Around every request: a line in the log, and words for what is refused."""

import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from tillit.kit.refusal import Refused

log = structlog.get_logger("tillit.request")
Next = Callable[[HttpRequest], HttpResponseBase]


class RequestLog:
    """One line for each request: neither query nor keys, since they may be what a person is called."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=uuid4().hex[:12]):
            response = self.get_response(request)
            if request.path != "/healthz":
                log.info(
                    "request",
                    method=request.method,
                    route=route_of(request),
                    status=response.status_code,
                    ms=round((time.perf_counter() - started) * 1000),
                )
        return response


def route_of(request: HttpRequest) -> str:
    """The address without its keys: a person's key is the person's name."""
    return request.resolver_match.route if request.resolver_match else "unknown"


class Refusals:
    """Answers a refused request with a page that says why and keeps what was typed."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "refused.html", {"refused": exception}, status=exception.status)
