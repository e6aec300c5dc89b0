"""Values that people wrote, made harmless for a mail before they come near its template.

Each character that could mean something to Markdown or HTML is put as one character of Unicode's
private area, which means nothing to either, and back again when the mail is rendered. So nobody's
name can begin a link, a heading or a header line, whatever filters it passes on its way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from html import escape
from string import punctuation
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from tillit.kit.lines import clean

BASE = 0xE000
HIDDEN = {ord(mark): chr(BASE + ord(mark)) for mark in punctuation}
SHOWN = {ord(hidden): chr(mark) for mark, hidden in HIDDEN.items()}
SHOWN_IN_HTML = {ord(hidden): escape(chr(mark)) for mark, hidden in HIDDEN.items()}
# Mail programs make links of these by themselves; a word joiner keeps them from it.
WOULD_BE_LINK = re.compile(r"(?i)(?<=:)(?=//)|(?<=\bwww)(?=\.)")
PLACE = re.compile(r"\{([^{}\s]{1,40})\}")
OUR_ADDRESS = re.compile(r"https?://[A-Za-z0-9\[\]._~:/?#@!$&'*+,;=%-]+\Z")


class Url(str):
    """An address of ours, for the links of a mail. What people wrote is never one."""

    __slots__ = ()


@dataclass(frozen=True)
class Page:
    """A page of ours, by its name and in the language of who gets the mail."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""

    def url(self) -> Url:
        path = reverse(self.name, kwargs=dict(self.arguments))
        return Url(settings.TILLIT_URL + path + (f"?{self.query}" if self.query else ""))


@dataclass(frozen=True)
class Prose:
    """Several lines in Markdown by somebody who may write mails; `{name}` gives a value."""

    text: str
    values: Mapping[str, str] = field(default_factory=dict)


def harmless(value: Any) -> Any:
    """The value as a template may have it. Raises TypeError for what can't be looked through."""
    match value:
        case Url() | Page():
            return mark_safe(checked(value if isinstance(value, Url) else value.url()))
        case Prose():
            return prose(value)
        case str() | Promise():
            return line(str(value))
        case Mapping():
            return {key: harmless(inner) for key, inner in value.items()}
        case list() | tuple():
            return [harmless(inner) for inner in value]
        case None | bool() | int() | float() | Decimal() | date() | time():
            return value
        case _:
            raise TypeError(f"A mail takes texts, numbers and days, not {type(value).__name__}.")


def line(text: str) -> SafeString:
    """One line that means nothing but itself."""
    plain = " ".join(clean(text).split())
    return mark_safe(WOULD_BE_LINK.sub("\u2060", plain).translate(HIDDEN))


def prose(it: Prose) -> SafeString:
    """The lines as their author formed them, with the values harmless in them."""
    lines = (clean(written) for written in it.text.splitlines())
    filled = PLACE.sub(
        lambda place: line(it.values[place[1]]) if place[1] in it.values else place[0],
        "\n".join(lines),
    )
    return mark_safe(filled)


def checked(url: Url) -> str:
    if not OUR_ADDRESS.match(url):
        raise ValueError("An address in a mail begins with http and is written in ASCII.")
    return str(url)


def shown(text: str) -> str:
    """Plain text with the hidden characters put back."""
    return text.translate(SHOWN)


def shown_in_html(markup: str) -> str:
    return markup.translate(SHOWN_IN_HTML)
