"""Pages of what was found, by the number of those before: it is never much, and has no other order."""

from urllib.parse import urlencode

from django.http import HttpRequest

from tillit.kit.lists import broken_link


def place_of(after: str, count: int) -> int:
    """How many come before the page. Raises Refused when there is no such page."""
    if not after:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) < 6 and int(after) < count):
        raise broken_link()
    return int(after)


def query(request: HttpRequest, **changed: str) -> str:
    """What was asked for, with something else instead; what is empty is left out."""
    asked = request.GET.dict() | changed
    return urlencode({name: value for name, value in asked.items() if value})


def next_address(request: HttpRequest, after: int) -> str:
    return f"{request.path}?{query(request, after=str(after))}"
