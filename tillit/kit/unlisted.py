"""Pages whose address is the permission: for whoever has the link, and nobody else."""

from django.http import HttpResponse


def unlisted(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by no search engine: the address is the key."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
