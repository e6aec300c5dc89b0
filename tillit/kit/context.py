"""What every page's frame needs: sections, languages, the day asked about."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from tillit.kit.access import viewer_of
from tillit.kit.contributions import Section, brand, footer, sections
from tillit.kit.days import DayError, read_day, today
from tillit.kit.demo import is_demo


def frame(request: HttpRequest) -> dict[str, Any]:
    return {
        **entries(request),
        "brand": brand(),
        "demo": is_demo(),
        "languages": languages(request),
        # What sources and people have written is in this language, whatever the page's own.
        "content_language": settings.LANGUAGE_CODE,
        "kept": kept_day(request),
        **signed_in_as(request),
    }


def entries(request: HttpRequest) -> dict[str, Any]:
    """What the top bar and the foot lead to. A request that is marked as bare has none of it."""
    if getattr(request, "bare", False):
        return {"sections": [], "further": [], "footer": [], "search_url": "", "suggest_url": ""}
    viewer = viewer_of(request)
    shown = [it for it in sections() if it.may is None or it.may(viewer)]
    return {
        "sections": [entry(it, request) for it in shown if not it.further],
        "further": [entry(it, request) for it in shown if it.further],
        "footer": [{"title": it.title, "url": reverse(it.url_name)} for it in footer()],
        "search_url": search_url(request),
        "suggest_url": reverse(settings.TILLIT_SUGGEST),
    }


def entry(section: Section, request: HttpRequest) -> dict[str, Any]:
    url = reverse(section.url_name)
    return {"title": section.title, "url": url, "current": is_current(request.path, url)}


def search_url(request: HttpRequest) -> str:
    """Where the field in the top bar asks; the page that answers has a field of its own."""
    url = reverse(settings.TILLIT_SEARCH)
    return "" if request.path == url else url


def signed_in_as(request: HttpRequest) -> dict[str, Any]:
    """Who has signed in, in which capacities, and where another one is chosen."""
    viewer = viewer_of(request)
    chosen = viewer.chosen
    return {
        "viewer": viewer,
        "person_title": viewer.identity.name,
        "capacities": [
            {
                "key": it.key,
                "title": it.title,
                "text": it.text,
                "side": it.side,
                "chosen": it == chosen,
            }
            for it in viewer.identity.capacities
        ],
        "capacity": chosen,
        "choose_url": reverse(settings.TILLIT_CHOOSE),
    }


def is_current(path: str, url: str) -> bool:
    """A section is current on its own page and those below; the start page only on its own."""
    home = reverse(settings.TILLIT_HOME)
    return path == url if url == home else path.startswith(url)


def kept_day(request: HttpRequest) -> str:
    """The query that carries the asked day along a link, or nothing."""
    day = request.GET.get("on", "")
    try:
        return f"?on={read_day(day, today())}" if day else ""
    except DayError:
        return ""


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in each language, named in that language."""
    current = get_language()
    return [
        {
            "code": code,
            "name": name_in_itself(code, str(name)),
            "current": code == current,
            "url": translate_url(request.get_full_path(), code),
        }
        for code, name in settings.LANGUAGES
    ]


def name_in_itself(code: str, name: str) -> str:
    return {"sv": "Svenska", "en": "English"}.get(code, name)
