"""What every test stands on: the cast, and honest last words of the run."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

DATA = tempfile.TemporaryDirectory(prefix="tillit-test-")  # removed when the run ends
os.environ["TILLIT_DATA"] = DATA.name

import pytest
from django.conf import settings
from django.test import Client

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


def pytest_configure(config: pytest.Config) -> None:
    # Static files by their plain names: nothing is collected for a test.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@dataclass(frozen=True)
class Cast:
    """Five persons that tests are told with, each with a browser of their own.

    Karin coordinates the umbrella, Omar is an official of the region, Mina is the contact person of
    a member, Ulf has an account and nothing to do with any of it, and the last has not signed in.
    """

    coordinator: Client
    official: Client
    member: Client
    outsider: Client
    anonymous: Client


@pytest.fixture
def cast(db: None) -> Cast:
    from tillit.accounts.models import User
    from tillit.register.tests.factories import OrganisationFactory, PersonFactory, RoleFactory

    def client(name: str, organisation: str, kind: str, sector: str = "civil") -> Client:
        user = User.objects.create_user(f"{name}@example.org")
        if organisation:
            RoleFactory(
                person=PersonFactory(key=name, name=name.capitalize(), account=user),
                organisation=OrganisationFactory(key=organisation, sector=sector),
                kind=kind,
                start="2010-01-01",
                end="..",
            )
        browser = Client()
        browser.force_login(user)
        return browser

    return Cast(
        coordinator=client("karin", "paraplyet", "coordinator"),
        official=client("omar", "regionen", "official", "public"),
        member=client("mina", "foreningen", "contact_person"),
        outsider=client("ulf", "", ""),
        anonymous=Client(),
    )


@pytest.fixture
def most_queries(django_assert_max_num_queries: Callable) -> Callable:
    """A page asks the database at most twelve times."""
    return lambda: django_assert_max_num_queries(12)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    terminalreporter.write_line(f"Database tried: {engine}.")
    if engine == "sqlite3":
        terminalreporter.write_line(
            "PostgreSQL was not tried in this run: make test-postgres does."
        )
    if CHROMIUM is None:
        terminalreporter.write_line("No Chromium here: what needs a browser was not tried.")
