"""A file as an answer: its bytes and nothing that they could do with the page that leads there."""

from typing import Any

from django.core.files import File
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from tillit.kit.files import storage
from tillit.kit.models import StoredFile
from tillit.kit.refusal import Refused

NOTHING = "default-src 'none'; frame-ancestors 'none'; sandbox"


def answer(request: HttpRequest, row: StoredFile) -> HttpResponseBase:
    """The file, or that the reader has it already. Raises Refused when its bytes can't be had."""
    known = get_conditional_response(request, etag=etag_of(row))
    if known is None and request.method == "HEAD":
        known = HttpResponse(headers={"Content-Length": str(row.size)})
    response = known or FileResponse(bytes_of(row))
    for name, value in headers_of(row).items():
        response[name] = value
    return response


def bytes_of(row: StoredFile) -> File[Any]:
    try:
        return storage.opened(row.path)
    except FileNotFoundError:
        raise Refused(
            _(
                "The file stands here, but what it held is gone. Those who keep the installation "
                "running are told; ask who uploaded it for a new copy."
            ),
            404,
        ) from None


def headers_of(row: StoredFile) -> dict[str, str]:
    """Who may read it may change, so a browser asks each time whether it is still the same."""
    return {
        "ETag": etag_of(row),
        "Content-Type": row.content_type,
        "Content-Disposition": str(content_disposition_header(not row.kind.shown, row.name))
        or "inline",
        "Content-Security-Policy": NOTHING,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-cache",
    }


def etag_of(row: StoredFile) -> str:
    return f'"{row.sha256}"'
