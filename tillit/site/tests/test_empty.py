"""An installation that has been set up and has nothing in it yet: every page says what to do first."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tillit.accounts.models import User
from tillit.register.choices import Extent
from tillit.register.models import Mandate, Organisation, Person
from tillit.register.reference import load_places
from tillit.site.tests.conftest import Guide

KEYS = {
    "key": "forbundet",
    "code": "12",
    "step": "avtalet",
    "part": "register",
    "side": "civil",
}
# Samples, and what is kept about oneself: that it is nothing is the answer.
ANSWERED = ("/komponenter/", "/mina-uppgifter/")
FILES = (".csv", ".xlsx", ".json", ".png")


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """All that can be reached with the keys of what an empty installation has."""
    for found in (resolver or get_resolver()).url_patterns:
        address = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from addresses(found, address)
        elif isinstance(found, URLPattern) and not address.startswith("api/v1/"):
            filled = address
            for name in found.pattern.converters:
                for kind in ("slug", "str"):
                    filled = filled.replace(f"<{kind}:{name}>", KEYS.get(name, "<"))
            if "<" not in filled and not filled.endswith(FILES):
                yield "/" + filled


@pytest.fixture
def readers(guide: Guide) -> dict[str, Client]:
    load_places()
    guide.name_the_agreement()
    guide.name_both_parties()
    guide.post("klart")
    return {
        "administrator": guide.client,
        "secretariat": secretary(),
        "anonymous": Client(),
    }


def secretary() -> Client:
    user = User.objects.create_user("karin@example.org")
    person = Person.objects.create(key="karin", name="Karin", account=user)
    it = Organisation.objects.get(key="forbundet")
    Mandate.objects.create(
        key="karin",
        person=person,
        organisation=it,
        secretariat=it.secretariats.get(),
        extent=Extent.SECRETARIAT,
        start=timezone.localdate().isoformat(),
        end="..",
        given_by=person.subject,
    )
    browser = Client()
    browser.force_login(user)
    return browser


def faults(page: str, *, answered: bool = False) -> Iterator[str]:
    """Bare tables and lists, and words that nothing is there without what to do about it."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    for table in tree.iter("table"):
        if not any(list(body.iter("tr")) for body in table.iter("tbody")):
            yield f"a bare table: {told(table)}"
    for kind in ("ul", "ol", "dl"):
        yield from (f"a bare list: {told(it)}" for it in tree.iter(kind) if len(it) == 0)
    for it in () if answered else tree.iter("div"):
        if it.get("class") == "empty" and len(it.findall("p")) < 2:
            yield f"nothing to do about it: {told(it)}"


def told(element: Element) -> str:
    return f"{dict(element.attrib)} {' '.join(''.join(element.itertext()).split())[:80]}"


def test_no_page_is_bare(readers: dict[str, Client]):
    found: list[str] = []
    seen = 0
    for address in sorted(set(addresses())):
        for role, browser in readers.items():
            response = browser.get(address)
            if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
                continue
            seen += 1
            wrong = faults(response.content.decode(), answered=address.startswith(ANSWERED))
            found += [f"{address} {role}: {it}" for it in wrong]
    assert not found, "\n".join(found)
    assert seen > 60


def ways_on(page: str) -> set[str]:
    """Where those are led who may do something about what is not there."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    empty = (it for it in tree.iter("div") if it.get("class") == "empty")
    return {link.get("href") or "" for it in empty for link in it.iter("a")}


@pytest.mark.parametrize("address", ["/personer/", "/tidslinje/", "/kallor/"])
def test_who_can_do_something_about_it_is_led_there(readers: dict[str, Client], address: str):
    ways = {role: ways_on(it.get(address).content.decode()) for role, it in readers.items()}
    assert ways == {
        "secretariat": {reverse("register:new-organisation")},
        "administrator": {reverse("register:secretariats")},
        "anonymous": set(),
    }


def test_the_faults_are_found():
    """The test of the test."""
    assert (
        len(list(faults("<table><thead><tr><th>A</th></tr></thead><tbody></tbody></table>"))) == 1
    )
    assert len(list(faults("<ul></ul>"))) == 1
    assert len(list(faults('<div class="empty"><p>Nothing</p></div>'))) == 1
    assert not list(faults('<div class="empty"><p>Nothing</p><p>Do this</p></div>'))
