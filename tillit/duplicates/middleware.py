"""Addresses of entries that were merged lead to the one that stayed, for those who may see it."""

import re
from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from tillit.duplicates.kinds import KINDS
from tillit.duplicates.standing import moved
from tillit.kit.access import READING, viewer_of

# The first part of the addresses under which each noun's keys stand, of pages and of the API.
NOUNS = {
    "organisationer": "organisation",
    "personer": "person",
    "organisations": "organisation",
    "persons": "person",
}
API = "/api/v1/"
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,199}", re.ASCII)
PLACES = 8  # parts of an address that are looked at


class MovedAddresses:
    """Asks only when nothing was found at the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 404 and request.method in READING:
            path = new_path(request)
            if path:
                query = request.META.get("QUERY_STRING", "")
                return HttpResponseRedirect(f"{path}?{query}" if query else path)
        return response


def new_path(request: HttpRequest) -> str:
    """The address with the keys of what stayed; empty if none of its keys has moved."""
    root, parts = split(request.path_info)
    noun = NOUNS.get(parts[0]) if parts else None
    if noun is None or len(parts) > PLACES:
        return ""
    subjects = [f"{noun}:{it}" for it in parts[1:] if KEY.fullmatch(it)]
    now = moved(subjects) if subjects else {}
    keys = {was.partition(":")[2]: it.partition(":")[2] for was, it in now.items()}
    readable = KINDS[noun].rows(viewer_of(request)).filter(key__in=keys.values())
    if not keys or readable.count() < len(set(keys.values())):
        return ""
    return root + "/".join([parts[0], *(quote(keys.get(it, it)) for it in parts[1:])])


def split(path: str) -> tuple[str, list[str]]:
    """What stands before the noun (the language, the API), and the parts from it on."""
    if path.startswith(API):
        return API, path.removeprefix(API).split("/")
    first, _slash, rest = path.removeprefix("/").partition("/")
    if first in dict(settings.LANGUAGES):
        return f"/{first}/", rest.split("/")
    return "/", path.removeprefix("/").split("/")
