"""A record for the registry of an authority."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.documents.keeping import one_of_few
from tillit.records.delivery import FORMS, archive
from tillit.records.reading import Reading


@open_to(anyone)
def delivery(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    if form not in FORMS:
        raise Http404
    reading = Reading.of(key, viewer_of(request))
    host = f"{request.scheme}://{request.get_host()}"
    with one_of_few():
        file = archive(reading, form, host)
    return FileResponse(file, as_attachment=True, filename=f"{reading.record.key}.zip")
