"""Whether this process can serve: it answers, and so does its database."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from tillit.kit.access import anyone, open_to


@open_to(anyone)
def health(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
