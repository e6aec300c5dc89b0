"""An administrator, and requests for erasure that wait."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tillit.accounts.actions import own
from tillit.accounts.models import User
from tillit.kit.changes import new_key
from tillit.privacy.models import ErasureRequest
from tillit.register.models import Organisation, Person
from tillit.register.tests.factories import MandateFactory, OrganisationFactory, PersonFactory


def administrator(name: str = "adam") -> Client:
    user = User.objects.create_user(f"{name}@example.org")
    person = PersonFactory(key=name, name=f"{name.capitalize()} Admin", account=user)
    it = Organisation.objects.filter(key="driften").first() or OrganisationFactory(key="driften")
    MandateFactory(person=person, organisation=it, extent="administer")
    browser = Client()
    browser.force_login(user)
    return browser


@pytest.fixture
def admin(db: None) -> Client:
    return administrator()


@pytest.fixture
def mina(cast: Any) -> Person:
    """Mina of the cast, with an address of her own."""
    person = Person.objects.get(key="mina")
    own(person.account, person.account.email)
    return person


@pytest.fixture
def request_of(db: None) -> Callable[..., ErasureRequest]:
    """A request that waits for a decision, by the person unless an address is given."""

    def make(person: Person | None, **given: Any) -> ErasureRequest:
        now = timezone.now()
        account = person.account_id if person and "email" not in given else None
        values = {"key": new_key(), "account_id": account, "asked_at": now, "confirmed_at": now}
        return ErasureRequest.objects.create(person=person, language="sv", **{**values, **given})

    return make
