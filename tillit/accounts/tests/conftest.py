"""Persons who sign in, and the mails that they get."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from tillit.accounts import actions
from tillit.accounts.addresses import folded
from tillit.accounts.models import User
from tillit.kit import contributions as kit_contributions
from tillit.kit.contributions import Contributions
from tillit.post.models import Message

KARIN = "karin@example.org"


@pytest.fixture(autouse=True)
def nothing_counted(db: None) -> None:
    """What earlier tests tried is not held against this one."""
    cache.clear()


@pytest.fixture
def karin() -> User:
    return actions.account_for(KARIN)


@pytest.fixture
def functions(monkeypatch: pytest.MonkeyPatch) -> dict[str, User]:
    """The addresses of functions, and to whose account they lead today."""
    leads: dict[str, User] = {}
    register = Contributions(account_of=leads.get)
    monkeypatch.setattr(kit_contributions, "contributions", lambda: (register,))
    return leads


def mails_to(address: str) -> list[Message]:
    return list(Message.objects.filter(to_email=folded(address)).order_by("pk"))


def code_to(address: str) -> str:
    """The latest code that was sent there."""
    found = [re.search(r"\b(\d{3} \d{3})\b", it.text) for it in mails_to(address)]
    return next(it[1] for it in reversed(found) if it)


def ask_code(client: Client, address: str = KARIN, **more: str):
    return client.post("/logga-in/", {"email": address, **more})


def write_code(client: Client, code: str, **more: str):
    return client.post("/logga-in/kod/", {"code": code, **more})


def is_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def sign_in(client: Client, address: str = KARIN) -> Client:
    ask_code(client, address)
    assert write_code(client, code_to(address)).status_code == 302
    assert is_in(client)
    return client


@pytest.fixture
def signed_in(karin: User) -> Client:
    """Karin's browser, where she has just signed in by a code."""
    return sign_in(Client())


@pytest.fixture
def stale(signed_in: Client) -> Client:
    """Karin's browser some hours later: she is in, and must confirm before she changes anything."""
    session = signed_in.session
    session["account_authentication_methods"] = [
        record | {"at": record["at"] - 10_000}
        for record in session["account_authentication_methods"]
    ]
    session.save()
    return signed_in
