"""The forms of a page, as a browser reads them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from django.urls import resolve

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
# Another each time; the browsers of tests do without.
TOKEN = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>')
TAGS = {"input", "button", "select", "textarea"}


@dataclass
class Control:
    """All that a form has under one name: what it offers there, and what stands there untouched."""

    name: str
    kind: str
    offered: list[str] = field(default_factory=list)
    stands: list[str] = field(default_factory=list)


@dataclass
class Form:
    role: str
    page: str
    method: str
    action: str
    controls: list[Control]

    @property
    def leads_to(self) -> str:
        """The pattern of the address that it is sent to."""
        return resolve(urlsplit(self.action).path).route

    @property
    def likeness(self) -> tuple[str, ...]:
        """The same for forms that differ only in the rows that they are about."""
        controls = {f"{re.sub(r'[0-9]+', '#', it.name)} {it.kind}" for it in self.controls}
        return (self.method, self.leads_to, *sorted(controls))

    def __str__(self) -> str:
        return f"{self.method} {self.action} on {self.page} by {self.role}"


def forms_of(html: str, page: str, role: str) -> Iterator[Form]:
    for found in FORM.findall(html):
        form = parsed(TOKEN.sub("", found))
        action = urljoin(page, form.get("action") or page)
        yield Form(role, page, form.get("method", "get").lower(), action, controls_of(form))


@cache
def parsed(html: str) -> Any:
    return html5lib.parseFragment(html, namespaceHTMLElements=False).find("form")


def controls_of(form: Any) -> list[Control]:
    """In the order of the page. Of buttons the first is pressed."""
    found: dict[str, Control] = {}
    for element in form.iter():
        name = element.get("name")
        if element.tag in TAGS and name and element.get("disabled") is None:
            kind = element.get("type", "text") if element.tag == "input" else element.tag
            read(element, found.setdefault(name, Control(name, kind)))
    for button in [it for it in found.values() if it.kind == "button"][:1]:
        button.stands = button.offered[:1]
    return list(found.values())


def read(element: Any, it: Control) -> None:
    value = element.get("value", "")
    if it.kind == "select":
        options = [(each.get("value", ""), each.get("selected")) for each in element.iter("option")]
        it.offered += [value for value, _chosen in options]
        it.stands += [value for value, chosen in options if chosen is not None] or it.offered[:1]
    elif it.kind == "textarea":
        it.stands.append((element.text or "").removeprefix("\n"))
    elif it.kind in {"checkbox", "radio", "button"}:
        it.offered.append(value or "on")
        it.stands += it.offered[-1:] if element.get("checked") is not None else []
    elif it.kind != "file":
        it.stands.append(value)
