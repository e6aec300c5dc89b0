"""Going from page to page by their links, and gathering the forms that stand on them."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.fuzz.forms import Form, forms_of
from tests.test_house import patterns

LINK = re.compile(r'href="([^"#]+)')
# Arguments that say which kind of page it is, and not which row it is about.
KINDS = {"noun", "word", "kind", "step", "to", "part", "del"}
FRUITLESS = 2


class Walk:
    """What has been seen, by everybody who has walked."""

    def __init__(self) -> None:
        self.forms: dict[tuple[str, ...], Form] = {}
        self.new: deque[Form] = deque()
        self.fruitless: Counter[tuple[str, ...]] = Counter()

    def go(self, role: str, client: Client, begin: list[str], *, roams: bool) -> Iterator[Form]:
        """Walk through what the reader comes to; the forms that nobody has seen before.

        Of each kind one reader opens pages until some have shown nothing new.
        """
        waiting, known = deque(begin), set(begin)
        while waiting:
            page = waiting.popleft()
            # What is asked of a page changes nothing in who sees which forms on it.
            kind = (*kind_of(page), "" if "?" in page else role)
            if self.fruitless[kind] >= FRUITLESS:
                continue
            html = opened(client, page)
            self.look(html, page, role)
            if not self.new:
                self.fruitless[kind] += 1
            while self.new:
                yield self.new.popleft()
            if roams:
                links = dict.fromkeys(it for it in links_of(html, page) if it not in known)
                known.update(links)
                waiting.extend(links)

    def look(self, html: str, page: str, role: str) -> None:
        """Gather the forms of a page that were on none before."""
        for form in forms_of(html, page, role):
            if form.likeness not in self.forms:
                self.forms[form.likeness] = form
                self.new.append(form)


def opened(client: Client, page: str) -> str:
    """The page; what leads on is a page with a link."""
    response = client.get(page)
    if response.status_code == 302:
        return f'<a href="{response["Location"]}">'
    return text_of(response)


def text_of(response: Any) -> str:
    """The page, or nothing if it is not one."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code < 500
    assert content or response.status_code >= 300
    return content.decode() if "html" in response.headers.get("Content-Type", "") else ""


def links_of(html: str, page: str) -> Iterator[str]:
    for found in LINK.findall(html):
        url = urlsplit(urljoin(page, found.replace("&amp;", "&")))
        if not url.netloc and url.path.endswith("/") and kind_of(url.geturl()):
            yield url.geturl()


def kind_of(page: str) -> tuple[str, ...]:
    """The same for pages that differ in the row that they are about; empty for what is no page."""
    url = urlsplit(page)
    try:
        found = resolve(url.path)
    except Resolver404:
        return ()
    said = {**found.kwargs, **dict(parse_qsl(url.query))}
    return (found.route, *sorted(f"{it}={said[it]}" if it in KINDS else it for it in said))


def plain() -> list[str]:
    """The pages whose addresses are always the same."""
    return [
        f"/{address}"
        for address, pattern in patterns()
        if "<" not in address
        and address.endswith("/")
        and "GET" in getattr(pattern.callback, "methods", ())
    ]
