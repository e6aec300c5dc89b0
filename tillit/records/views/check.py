"""Which record a file is, for anybody who has it. Nothing that is sent in is kept."""

from typing import IO

from django.http import HttpRequest, HttpResponse

from tillit.kit.access import WRITING, anyone, open_to, viewer_of
from tillit.kit.documents.keeping import one_of_few
from tillit.kit.forms import form_page
from tillit.records.checking import matches
from tillit.records.forms.check import CheckForm
from tillit.records.sealing import Sealed, seals_in


@open_to(anyone, methods=WRITING)
def check(request: HttpRequest) -> HttpResponse:
    """`?sha256=` asks for a digest by a link."""
    asked = request.POST if request.method == "POST" else (request.GET or None)
    form = CheckForm(asked, request.FILES or None)
    found = {}
    if form.is_bound and form.is_valid():
        found = {
            "digest": form.digest,
            "matches": matches(form.digest, viewer_of(request)),
            "seals": looked_for(form.opened) if form.opened else [],
        }
    return form_page(request, form, "records/check.html", **found)


def looked_for(file: IO[bytes]) -> list[Sealed]:
    """The seals in anybody's file, which may take long to read. Raises Refused."""
    with one_of_few():
        return seals_in(file)
