"""What somebody may mean who still types in the field for everything."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.kit.access import anyone, open_to, viewer_of
from tillit.kit.days import today
from tillit.kit.refusal import Refused
from tillit.kit.search.asking import read
from tillit.kit.search.documents import searchables
from tillit.kit.search.finding import Hit, Reader
from tillit.kit.search.suggesting import suggested
from tillit.site.views.search import SearchForm

SECONDS = 60  # that a browser keeps what anybody may read


@open_to(anyone)
def suggestions(request: HttpRequest) -> HttpResponse:
    """The options of a list, the last of them the search itself: a part of a page, for the script
    `kit/js/suggest.js`. Whoever has no script presses the button. Of one kind they are what a field
    may have for its value, and lead nowhere.
    """
    form, viewer = SearchForm(request.GET), viewer_of(request)
    if not form.is_valid():
        raise Refused(_("There is no such day."), status=400)
    asked, on = read(request.GET.get("q", "")), request.GET.get("on", "")
    kind = form.cleaned_data["kind"]
    noun = kind if kind in {it.noun for it in searchables()} else ""
    found = suggested(asked, Reader(viewer, today(), form.cleaned_data["on"], noun))
    context = {
        "hits": [(it, address(it, on)) for it in found.hits],
        "text": asked.text if asked and not noun else "",
        "is_value": bool(noun),
        "is_nearly": found.asked != asked,
        "search_url": f"{reverse('site:search')}?{query(q=asked.text, on=on)}",
        "content_language": settings.LANGUAGE_CODE,
    }
    response = HttpResponse(render_to_string("site/search/suggestions.html", context))
    everybodys = viewer.account is None
    response["Cache-Control"] = f"private, {f'max-age={SECONDS}' if everybodys else 'no-store'}"
    return response


def address(hit: Hit, on: str) -> str:
    """The page, on the day that is asked of."""
    return f"{hit.url}?{query(on=on)}" if on and "?" not in hit.url else hit.url


def query(**asked: str) -> str:
    return urlencode({name: value for name, value in asked.items() if value})
