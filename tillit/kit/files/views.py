"""The one address under which uploaded files are served."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.files.serving import answer
from tillit.kit.models import StoredFile


@open_to(anyone)
def file(request: HttpRequest, key: str) -> HttpResponseBase:
    row = get_object_or_404(StoredFile.objects.visible_to(viewer_of(request)), key=key)
    return answer(request, row)
