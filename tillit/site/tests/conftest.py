"""An installation that has just begun, and the one who sets it up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tillit.register.tests.factories import PlaceFactory
from tillit.site import first_code
from tillit.site.beginning import begin
from tillit.site.frontage import forget


@dataclass(frozen=True)
class Guide:
    """A browser in which the guide is gone through."""

    client: Client

    def post(self, step: str, **said: Any) -> Any:
        return self.client.post(f"/kom-igang/{step}/" if step else "/kom-igang/", said)

    def get(self, step: str = "") -> Any:
        return self.client.get(f"/kom-igang/{step}/" if step else "/kom-igang/")

    def enter(self, code: str) -> Any:
        """The code, and oneself as the first administrator."""
        self.post("", code=code)
        return self.post(
            "administrator",
            name="Åsa Öberg",
            email="asa@example.org",
            organisation_name="Förbundet",
            sector="civil",
        )

    def name_the_agreement(self) -> Any:
        return self.post("avtalet", title="Överenskommelsen Skåne", place="Skåne län")

    def name_both_parties(self) -> None:
        self.post("ideburen-part", name="Förbundet", keeper="same")
        self.post("offentlig-part", name="Landstinget", keeper="same")


@pytest.fixture
def beginning(db: None) -> Iterator[None]:
    """Places, and nothing else: the guide is to be done."""
    PlaceFactory()
    begin(timezone.now())
    forget()
    yield
    forget()


@pytest.fixture
def code(beginning: None) -> str:
    return first_code.make(timezone.now())


@pytest.fixture
def guide(client: Client, code: str) -> Guide:
    """The guide with the first administrator signed in."""
    guide = Guide(client)
    guide.enter(code)
    return guide


@pytest.fixture
def refreshed() -> Callable[[Any], Any]:
    def again(row: Any) -> Any:
        row.refresh_from_db()
        return row

    return again
