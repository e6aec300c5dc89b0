"""Until the guide is done every page leads to it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from tillit.site.frontage import frontage

# Signing in, and what people don't read. The start page says that all is being put in order.
OPEN = ("/kom-igang/", "/logga-in/", "/logga-ut/", "/konto/", "/logotyp/")
MACHINES = ("/healthz", "/static/", "/api/v1/", "/post/")


class SettingUp:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = without_language(request.path_info)
        if path.startswith(MACHINES) or not frontage().being_set_up:
            return self.get_response(request)
        if path != "/" and not path.startswith(OPEN):
            return HttpResponseRedirect(reverse("site:guide"))
        request.bare = True  # type: ignore[attr-defined] # no menu, since it leads nowhere yet
        return self.get_response(request)


def without_language(path: str) -> str:
    """The address as it is in Swedish, which has no language before it."""
    first, _slash, rest = path.removeprefix("/").partition("/")
    return f"/{rest}" if first in dict(settings.LANGUAGES) else path
