"""Both sides' screens offer the same acts: links and forms, page by page, for mirrored organisations.

Karin keeps the civil side and Omar the public one. Everything that is told of `spegeln` on the civil side
stands on the public side too. A page that one of them gets has the same links and forms as the other's.
Add a context's pages to PAGES; `{own}`, `{member}` and the like become the keys of each side.
"""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tillit.accounts.models import User
from tillit.agreements.tests.factories import (
    AdoptionFactory,
    AgreementFactory,
    MeasureFactory,
    MeasureFollowUpFactory,
    PartyFactory,
    VersionFactory,
)
from tillit.kit.changes import Actor, change
from tillit.kit.models import Source
from tillit.records.tests.factories import (
    RecordFactory,
    RetentionRuleFactory,
    SignatoryFactory,
    SignatureFactory,
)
from tillit.register.models import Organisation
from tillit.register.tests.factories import (
    AddressFactory,
    IdentifierFactory,
    MandateFactory,
    MembershipFactory,
    NameFactory,
    OrganisationFactory,
    PersonFactory,
    PlaceFactory,
    PresenceFactory,
    ProposalFactory,
    RoleFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
SIDES = {"civil": "paraplyet", "public": "regionen"}  # who keeps the secretariat of each
PEOPLE = {"civil": ("karin", "foreningen", "mina"), "public": ("omar", "bolaget", "moa")}
NOUNS = {
    "namn": "name",
    "nummer": "identifier",
    "adress": "address",
    "plats": "presence",
    "enhet": "styrelsen",
    "roll": "role",
}
DEEDS = ("andring", "rattelse", "slut", "borttagning")


def pages() -> list[tuple[str, dict[str, str]]]:
    """The pages by the names of their addresses, with what stands for the keys of each side."""
    it = {"key": "{it}"}
    facts = [
        (name, {**it, "noun": noun, "row": f"{{it}}.{key}", **more})
        for noun, key in NOUNS.items()
        for name, more in [
            ("register:fact", {}),
            *(("register:fact-deed", {"word": deed}) for deed in DEEDS),
        ]
    ]
    return [
        ("register:organisations", {}),
        ("register:organisation", it),
        ("register:organisation", {"key": "{keeper}"}),
        ("register:units", it),
        ("register:unit", {**it, "unit": "styrelsen"}),
        ("register:members", {"key": "{keeper}"}),
        ("register:edit", it),
        ("register:edit", {"key": "{keeper}"}),
        ("register:protection", it),
        ("register:changes", it),
        ("register:change-undo", {**it, "number": "{change}"}),
        ("register:organisation-proposals", it),
        ("register:proposals", {}),
        ("register:proposals-to-answer", {}),
        ("register:proposal", {"key": "{it}-proposal"}),
        ("register:new-organisation", {}),
        ("intake:intakes", {}),
        *(("intake:new", {"kind": it}) for it in ("organisations", "memberships", "persons")),
        ("register:person", {"key": "{it}-person"}),
        *(("register:fact-new", {**it, "noun": noun}) for noun in NOUNS),
        ("register:fact-deed", {**it, "noun": "uppgifter", "row": "{it}", "word": "rattelse"}),
        ("register:fact-deed", {**it, "noun": "uppgifter", "row": "{it}", "word": "slut"}),
        *facts,
        ("agreements:agreements", {}),
        ("agreements:agreement", it),
        ("agreements:version", {**it, "version": "{it}"}),
        ("agreements:comparison", it),
        ("agreements:measures", it),
        ("agreements:measure", {**it, "measure": "{it}"}),
        ("records:records", {}),
        ("records:record", it),
        ("records:record", {"key": "{it}-record"}),
        ("records:new", {}),
        *((f"records:{name}", it) for name in ("change", "removal", "number")),
        *((f"records:{name}", {"key": "{it}-record"}) for name in ("ask", "sign", "copy")),
        *(
            ("records:step", {**it, "word": word})
            for word in ("upprattad", "inkommen", "expedierad")
        ),
        ("records:rules", {}),
        ("records:new-rule", {}),
        ("records:check", {}),
        ("site:source", it),
        ("site:new-document", it),
    ]


PAGES = pages()
# Who looks, from the side's own point of view.
WATCHERS = ("secretariat", "other-secretariat", "editor", "outsider", "anonymous")


@dataclass(frozen=True)
class Mirror:
    """One side: its keys, and a browser for each who looks."""

    keys: dict[str, str]
    watchers: dict[str, Client]
    others: dict[str, str]  # the keys of the other side

    def url(self, name: str, arguments: dict[str, str]) -> str:
        return reverse(name, kwargs={k: v.format(**self.keys) for k, v in arguments.items()})

    def neutral(self, text: str) -> str:
        """A key as what it stands for on this side, or on the other."""
        known = {key: f"<{what}>" for what, key in self.keys.items()}
        known |= {key: f"<other {what}>" for what, key in self.others.items()}
        text = re.sub(r"particular-[0-9]+", "<row>", text)  # whose number may be that of a change
        for key in sorted(known, key=len, reverse=True):
            text = re.sub(rf"(?<![a-z0-9]){re.escape(key)}(?![a-z0-9])", known[key], text)
        return text


@pytest.fixture
def mirrors(cast: Any) -> dict[str, Mirror]:
    PlaceFactory()
    like_foreningen()
    made = {side: mirrored(side) for side in SIDES}
    secretariats = {"civil": cast.coordinator, "public": cast.official}
    others = {"civil": cast.official, "public": cast.coordinator}
    return {
        side: Mirror(
            keys,
            {
                "secretariat": secretariats[side],
                "other-secretariat": others[side],
                "editor": editor,
                "outsider": cast.outsider,
                "anonymous": cast.anonymous,
            },
            made["public" if side == "civil" else "civil"][0],
        )
        for side, (keys, editor) in made.items()
    }


def like_foreningen() -> None:
    """On the public side too there is an organisation with a contact person who edits."""
    keeper = Organisation.objects.get(key=SIDES["public"])
    it = OrganisationFactory(key="bolaget", sector="public", secretariat=keeper.secretariat)
    its: dict[str, Any] = {"organisation": it, "start": "2010-01-01", "end": ".."}
    person = PersonFactory(key="moa")
    RoleFactory(person=person, kind="contact_person", **its)
    MandateFactory(person=person, **its)


def mirrored(side: str) -> tuple[dict[str, str], Client]:
    """The same organisation on a side, with one of everything, and the browser of who edits it."""
    key, keeper = f"spegel-{side}", Organisation.objects.get(key=SIDES[side])
    it = OrganisationFactory(key=key, sector=side, secretariat=keeper.secretariat, named=True)
    its: dict[str, Any] = {"organisation": it, "start": "2001"}
    NameFactory(key=f"{key}.name", **its)
    IdentifierFactory(key=f"{key}.identifier", **its)
    address = AddressFactory(key=f"{key}.address", **its)
    PresenceFactory(key=f"{key}.presence", **its)
    unit = UnitFactory(key=f"{key}.styrelsen", **its)
    person = PersonFactory(key=f"{key}-person")
    RoleFactory(key=f"{key}.role", person=person, unit=unit, **its)
    MembershipFactory(key=f"{key}-membership", umbrella=keeper, member=it, start="2001")
    ProposalFactory(key=f"{key}-proposal", organisation=it)
    agreement = AgreementFactory(key=key, start="2001")
    PartyFactory(agreement=agreement, side=side, **its)
    version = VersionFactory(agreement=agreement, key=f"{key}.{key}", start="2001")
    AdoptionFactory(version=version, organisation=it)
    measure = MeasureFactory(version=version, key=f"{key}.{key}", number=1, lead=it)
    MeasureFollowUpFactory(measure=measure, side=side)
    RecordFactory(key=key, title=key, keeper=it)
    established = RecordFactory(key=f"{key}-record", title=key, keeper=it, state="established")
    SignatoryFactory(key=f"{key}-asked", record=established, organisation=it)
    SignatureFactory(key=f"{key}-signed", record=established, organisation=keeper)
    RetentionRuleFactory(key=f"{key}-rule", keeper=it)
    Source.objects.create(key=key, title=key)
    changed = change(address, {"town": "Eslöv"}, Actor(f"person:{key}-person", it.subject))
    user = User.objects.create_user(f"{key}@example.org")
    editor = PersonFactory(key=f"{key}-editor", account=user)
    MandateFactory(key=f"{key}-mandate", person=editor, organisation=it)
    browser = Client()
    browser.force_login(user)
    of_keeper, neighbour, of_neighbour = PEOPLE[side]
    keys = {
        "it": key,
        "keeper": keeper.key,
        "change": str(changed.pk if changed else ""),
        "keeper's person": of_keeper,
        "neighbour": neighbour,
        "neighbour's person": of_neighbour,
    }
    return keys, browser


def acts(mirror: Mirror, client: Client, url: str) -> tuple[int, Counter[str]]:
    """The status of a page, and all that can be done from it: links and forms, without the side's keys."""
    response = client.get(url)
    if response.status_code != 200:
        return response.status_code, Counter()
    root = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    found: Counter[str] = Counter()
    for element in root.iter():
        if element.tag == "a" and element.get("href"):
            found[f"link {address(mirror, element.get('href'), url)}"] += 1
        elif element.tag == "form":
            method = element.get("method", "get")
            found[f"{method} {address(mirror, element.get('action') or url, url)}"] += 1
    return 200, found


def address(mirror: Mirror, href: str, base: str) -> str:
    """Where it leads: the name of the address, and its arguments without the side's keys."""
    parts = urlsplit(href)
    if parts.scheme or href.startswith("#"):
        return parts.scheme or "#"
    try:
        match = resolve(parts.path or urlsplit(base).path)
    except Resolver404:
        return mirror.neutral(href)
    arguments = {name: mirror.neutral(str(value)) for name, value in match.kwargs.items()}
    return f"{match.view_name} {sorted(arguments.items())}"


@pytest.mark.parametrize("watcher", WATCHERS)
def test_both_sides_are_offered_the_same(mirrors: dict[str, Mirror], watcher: str) -> None:
    for mirror in mirrors.values():
        mirror.watchers[watcher].get("/")  # the first page of a session has more to do
    differing = {}
    for name, arguments in PAGES:
        civil, public = (
            acts(it, it.watchers[watcher], it.url(name, arguments)) for it in mirrors.values()
        )
        if civil != public:
            differing[name, *arguments.values()] = (civil, public)
    assert differing == {}


def test_the_mirrors_show_something(mirrors: dict[str, Mirror]) -> None:
    """The comparison is of pages with something on them, and of different sides."""
    for side, mirror in mirrors.items():
        status, found = acts(mirror, mirror.watchers["secretariat"], mirror.url(*PAGES[6]))
        assert status == 200, side
        assert sum(count for act, count in found.items() if "register:fact" in act) > 12


def test_a_difference_would_be_seen(mirrors: dict[str, Mirror]) -> None:
    AddressFactory(organisation=Organisation.objects.get(key=mirrors["civil"].keys["it"]))
    name, arguments = "register:edit", {"key": "{it}"}
    civil, public = (
        acts(it, it.watchers["secretariat"], it.url(name, arguments)) for it in mirrors.values()
    )
    assert civil != public
