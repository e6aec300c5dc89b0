"""The page of a document that is being made, and its file."""

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.documents.keeping import KINDS
from tillit.kit.files import storage
from tillit.kit.files.serving import NOTHING
from tillit.kit.models import MadeDocument
from tillit.kit.refusal import Refused


def document_for(request: HttpRequest, key: str) -> MadeDocument:
    rows = MadeDocument.objects.visible_to(viewer_of(request))
    found: MadeDocument = get_object_or_404(rows, key=key)
    return found


@open_to(anyone)
def made_document(request: HttpRequest, key: str) -> HttpResponseBase:
    """How far it has come; refreshes itself while it is being made, and needs no script."""
    row = document_for(request, key)
    context = {"made": row, "kind": KINDS[row.form].title, "crumbs": []}
    return render(request, "kit/documents/made.html", context)


@open_to(anyone)
def made_file(request: HttpRequest, key: str) -> HttpResponseBase:
    row = document_for(request, key)
    if row.made_at is None:
        return redirect(row)
    try:
        file = storage.opened(row.path)
    except FileNotFoundError:
        raise Refused(_("The document is no longer there. Ask for it again."), 404) from None
    response = FileResponse(file, content_type=KINDS[row.form].media_type)
    name = f"{row.name}.{row.form}"
    response["Content-Disposition"] = (
        content_disposition_header(row.form != "pdf", name) or "inline"
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = NOTHING
    response["X-Content-Type-Options"] = "nosniff"
    return response
