"""The logo as a file. Its name changes with what it shows, so browsers may keep it."""

from django.http import FileResponse, Http404, HttpRequest

from tillit.kit.access import anyone, open_to
from tillit.kit.files import storage
from tillit.site.logos import path_of

A_YEAR = 365 * 24 * 60 * 60


@open_to(anyone)
def logo(request: HttpRequest, name: str) -> FileResponse:
    try:
        file = storage.opened(path_of(name))
    except FileNotFoundError:
        raise Http404
    response = FileResponse(file, content_type="image/png")
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
