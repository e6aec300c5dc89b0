"""Fill in the forms of pages as a browser would: what stands in them goes along."""

from typing import Any

import html5lib
from django.test import Client

TYPED = {"text", "url", "email", "number", "hidden", "date", None}


def page(client: Client, url: str) -> Any:
    """The page, as a tree."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return tree(response)


def tree(response: Any) -> Any:
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def the_form(root: Any, action: str = "") -> Any:
    """The form that the page is about, or the one that goes to an address."""
    forms = [it for it in root.iter("form") if it.get("method") == "post"]
    if action:
        return next(it for it in forms if it.get("action") == action)
    return next(it for it in forms if it.get("class") == "form")


def held(form: Any) -> dict[str, Any]:
    """What a browser would send, if nobody typed anything."""
    found: dict[str, Any] = {}
    for it in form.iter("input"):
        kind = it.get("type")
        if kind in {"checkbox", "radio"}:
            if "checked" in it.attrib:
                found.setdefault(it.get("name"), []).append(it.get("value", "on"))
        elif it.get("name") and kind in TYPED:
            found[it.get("name")] = it.get("value", "")
    for it in form.iter("textarea"):
        found[it.get("name")] = (it.text or "").removeprefix("\n")
    for it in form.iter("select"):
        options = list(it.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib] or options[:1]
        found[it.get("name")] = chosen[0].get("value", "") if chosen else ""
    found.pop("csrfmiddlewaretoken", None)
    return found


def opened(client: Client, url: str) -> dict[str, Any]:
    """What the form of a page holds when it has been opened."""
    return held(the_form(page(client, url)))


def fill(client: Client, url: str, **typed: Any) -> Any:
    """Open a page, type, and send it. The answer to that."""
    return client.post(url, opened(client, url) | typed)
