"""Whatever one asks for, and in whatever capacity: nobody is shown more than their circles hold."""

import json
import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from django.db.models import Model, QuerySet
from django.test import Client
from planted import KEYS, SECRET, may_read, plant, text_of

from tests.test_house import patterns
from tests.walking import ROLES, viewer_behind
from tillit.kit.access import CHOSEN, viewer_for
from tillit.kit.circles import CircledQuerySet, SharedQuerySet, Viewer
from tillit.kit.search.models import Entry
from tillit.kit.search.tests.mended import wrong
from tillit.kit.search.words import stem
from tillit.register.models import Contact, Mandate

pytestmark = pytest.mark.django_db
SIGNED_IN = ROLES[:-1]
OTHERS = {
    "code": "12",
    "provider_id": "freja",
    "step": "avtalet",
    "part": "register",
    "form": "json",
    "word": "expedierad",
}
DAYS = ("", "?on=2012-06-01", "?on=2030-01-01")
Secrets = dict[str, Model | None]


@pytest.fixture
def readers(cast, administrator) -> dict[str, Client]:
    """A browser for each role."""
    return {**vars(cast), "administrator": administrator}


@pytest.fixture
def secrets(readers) -> Secrets:
    """The world of the cast with every noun in it, and where each secret stands."""
    return plant()


def addresses() -> Iterator[str]:
    """Every address with every key of the world, on days now and then.

    Where there are several keys in one: the same throughout, and the member's with each other.
    """
    days = cycle(DAYS)
    for address, _pattern in patterns():
        for path in {filled(address, first, key) for key in KEYS for first in (key, KEYS[2])}:
            yield f"/{path}{next(days)}"


def filled(address: str, first: str, key: str) -> str:
    """The address, with a key of its own for what it names first."""

    def argument(found: re.Match[str]) -> str:
        kind, _colon, name = found[1].rpartition(":")
        if kind == "int":
            return str(1 + KEYS.index(key))
        return OTHERS.get(name) or (first if found.start() == begins else key)

    begins = address.find("<")
    return re.sub(r"<([^>]+)>", argument, address)


def own(viewer: Viewer, secrets: Secrets) -> set[str]:
    return {secret for secret, row in secrets.items() if may_read(viewer, row)}


def told(client: Client, path: str) -> set[str]:
    """The secrets that the page tells. Nothing that is asked for gives a 500."""
    client.raise_request_exception = False
    response = client.get(path)
    assert response.status_code < 500, path
    return {*SECRET.findall(text_of(response))}


def choose(client: Client, mandate: str) -> None:
    """As if the session said so, however it came to."""
    session = client.session
    session[CHOSEN] = mandate
    session.save()


def described(secret: str, secrets: Secrets) -> str:
    row = secrets[secret]
    if row is None:
        return "a password"
    return f"{row._meta.label} {getattr(row, 'key', row.pk)} of {getattr(row, 'circle', '')}"


@pytest.mark.parametrize("role", ROLES)
def test_no_address_with_any_key_shows_a_row_of_another_circle(readers, secrets, role):
    """In the capacity of somebody else, which must count for nothing."""
    client = readers[role]
    allowed, public = own(viewer_behind(client), secrets), own(Viewer(), secrets)
    if role in SIGNED_IN:
        choose(client, "omar" if role == "coordinator" else "karin")
    leaked, seen = {}, set()
    for path in dict.fromkeys(addresses()):
        found = told(client, path)
        seen |= found
        if found - allowed:
            leaked[path] = [described(secret, secrets) for secret in found - allowed][:4]
    assert leaked == {}
    # The walk has been where there was something to see.
    assert len(seen & public) > 20
    assert (len(seen - public) > 10) == (role not in {"outsider", "anonymous"})


@pytest.mark.parametrize("role", ROLES)
def test_searching_finds_and_counts_and_corrects_by_what_one_may_read(readers, secrets, role):
    """Each secret of the index is found by whoever may read it, also misspelled, and by nobody else."""
    assert wrong() > 30
    client, viewer = readers[role], viewer_behind(readers[role])
    mine, whole = indexed(Entry.objects.visible_to(viewer)), indexed(Entry.objects.all())
    subjects = {it.subject for it in Entry.objects.visible_to(viewer)}
    allowed = own(viewer, secrets)
    assert mine <= allowed
    assert len(whole) > 30
    # Of a word that ends like a Swedish one the stem is looked for, which many have.
    for secret in [it for it in sorted(whole) if stem(it) == it][::4]:
        answer = searched(client, secret)
        assert (secret in json.dumps(answer)) == (secret in mine)
        assert {f"{it['kind']}:{it['key']}" for it in answer["items"]} <= subjects
        assert answer["count"] == len(answer["items"])
        misspelled = f"{secret[:-2]}x{secret[-1]}"
        assert not {*SECRET.findall(json.dumps(searched(client, misspelled)))} - mine
        assert not told(client, f"/sok/?q={misspelled}") - allowed
        # Nor by a word that others may read beside it, nor while one types.
        assert not told(client, f"/sok/?q={misspelled}+malm") - allowed
        assert not told(client, f"/sok/forslag/?q={secret[:-2]}") - allowed
        assert not told(client, f"/sok/forslag/?q={misspelled}") - allowed


def indexed(rows: QuerySet[Entry]) -> set[str]:
    return {it for row in rows for it in SECRET.findall(f"{row.title} {row.text}")}


def searched(client: Client, words: str) -> dict[str, Any]:
    return client.get("/api/v1/search", {"q": words, "limit": 200}).json()


@pytest.mark.parametrize("role", SIGNED_IN)
def test_the_capacity_of_another_is_nobodys(readers, role):
    client = readers[role]
    before = viewer_behind(client)
    for foreign in Mandate.objects.exclude(person__account=before.account):
        response = client.post("/uppdrag/valj/", {"capacity": foreign.key, "next": "/"})
        assert response.status_code == 403
        assert CHOSEN not in client.session
        after = viewer_for(before.account, foreign.key)
        assert (after.circles, after.chosen) == (before.circles, before.chosen)


def test_each_side_reads_what_it_looks_after_and_nothing_of_the_other(readers, secrets):
    """The circles themselves, told by hand: whose contacts who reads."""
    readers = {role: viewer_behind(readers[role]) for role in ROLES}
    read = {
        role: {it.organisation.key for it in Contact.objects.visible_to(viewer)}
        for role, viewer in readers.items()
    }
    assert read == {
        "coordinator": {"paraplyet", "foreningen"},  # and not what hides, though it looks after it
        "official": {"regionen"},
        "member": {"foreningen"},
        "outsider": set(),
        "administrator": set(),
        "anonymous": set(),
    }


def test_a_leak_would_be_found(readers, secrets, monkeypatch):
    """The test of the test: with a list that forgets circles, a page tells of the other side."""
    allowed = own(viewer_behind(readers["official"]), secrets)
    assert not told(readers["official"], "/utskick/") - allowed
    for rows in (CircledQuerySet, SharedQuerySet):
        monkeypatch.setattr(rows, "visible_to", lambda rows, viewer: rows)
    assert told(readers["official"], "/utskick/") - allowed
