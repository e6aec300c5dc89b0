"""A version as a document: a page to print, PDF, Word and OpenDocument."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tillit.agreements.documents import document_of, formats_of
from tillit.agreements.models import Version
from tillit.agreements.reading import version_of
from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.days import asked_day
from tillit.kit.documents import keeping
from tillit.kit.documents.document import Document, Form


def told(request: HttpRequest, version: Version) -> Document:
    url = request.build_absolute_uri(version.get_absolute_url())
    return document_of(version, viewer_of(request), asked_day(request), url)


@open_to(anyone)
def version_page(request: HttpRequest, key: str, version: str) -> HttpResponse:
    found = version_of(key, version, viewer_of(request))
    back = {"title": _("Back to the version"), "url": found.get_absolute_url()}
    files = formats_of(found)[1:]
    return told(request, found).page(request, back=back, formats=files)


@open_to(anyone)
def version_file(request: HttpRequest, key: str, version: str, as_: Form) -> HttpResponse:
    found = version_of(key, version, viewer_of(request))
    name = str(found.key).replace(".", "-")
    return keeping.answer(told(request, found), as_, name, found.subject)
