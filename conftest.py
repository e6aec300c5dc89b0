"""What every test stands on: the cast, and honest last words of the run."""

import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = tempfile.TemporaryDirectory(prefix="tillit-test-")  # removed when the run ends
os.environ["TILLIT_DATA"] = DATA.name

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.middleware.csrf import CSRF_SECRET_LENGTH, CSRF_SESSION_KEY
from django.test import Client
from django.utils.crypto import get_random_string

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# How long an example takes says something of the machine, and is no fault of the code.
hypothesis.settings.register_profile(
    "tillit", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("tillit")


def pytest_configure(config: pytest.Config) -> None:
    # The settings may have been read before this file was.
    settings.DATA = Path(DATA.name)
    settings.MEDIA_ROOT = settings.DATA / "files"
    settings.MEDIA_ROOT.mkdir(exist_ok=True)
    # Static files by their plain names: nothing is collected for a test.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # A file, so that processes and threads meet in it as they would: SQLite in memory locks otherwise.
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = {**database.get("TEST", {}), "NAME": f"{DATA.name}/test.sqlite3"}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def doors_are_open() -> None:
    """No test remembers what another one's installation showed of itself, or was begun as."""
    from tillit.kit import demo
    from tillit.site import frontage, latest

    demo.was_begun.cache_clear()
    frontage.remember(frontage.Frontage(), lasts=math.inf)
    latest.forget()


@dataclass(frozen=True)
class Cast:
    """Five persons that tests are told with, each with a browser of their own.

    Karin coordinates the umbrella, which keeps the secretariat of the civil side; Omar is an official
    of the region, which keeps that of the public side; Mina is the contact person of a member and
    edits for it; Ulf has an account and nothing to do with any of it; the last has not signed in.
    """

    coordinator: Client
    official: Client
    member: Client
    outsider: Client
    anonymous: Client


def signed_in(user: Any) -> Client:
    """A browser of somebody who has signed in: its session has a token for forms from then on.

    The session is written as it is after signing in; to sign in would ask the database ten times.
    """
    browser, session = Client(), SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[CSRF_SESSION_KEY] = get_random_string(CSRF_SECRET_LENGTH)
    session.create()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return browser


@pytest.fixture
def cast(db: None) -> Cast:
    from tillit.accounts.models import User
    from tillit.register.models import Organisation, Secretariat
    from tillit.register.tests.factories import (
        MandateFactory,
        OrganisationFactory,
        PersonFactory,
        RoleFactory,
        SecretariatFactory,
    )

    def client(name: str, organisation: str = "", kind: str = "", side: str = "civil") -> Client:
        user = User.objects.create_user(f"{name}@example.org")
        person = PersonFactory(key=name, name=name.capitalize(), account=user)
        if organisation:
            it = OrganisationFactory(key=organisation, sector=side, secretariat=kept.get(side))
            for_ever = {"person": person, "organisation": it, "start": "2010-01-01", "end": ".."}
            RoleFactory(kind=kind, **for_ever)
            if side not in kept:
                kept[side] = SecretariatFactory(key=side, side=side, organisation=it)
                Organisation.objects.filter(pk=it.pk).update(secretariat=kept[side])
                MandateFactory(key=name, secretariat=kept[side], extent="secretariat", **for_ever)
            else:
                MandateFactory(key=name, extent="edit", **for_ever)
        return signed_in(user)

    kept: dict[str, Secretariat] = {}
    return Cast(
        coordinator=client("karin", "paraplyet", "coordinator"),
        official=client("omar", "regionen", "official", "public"),
        member=client("mina", "foreningen", "contact_person"),
        outsider=client("ulf"),
        anonymous=Client(),
    )


@pytest.fixture
def administrator(cast: Cast) -> Client:
    """Asa, who keeps the installation running, and has nothing to do with either side."""
    from tillit.accounts.models import User
    from tillit.register.tests.factories import MandateFactory, OrganisationFactory, PersonFactory

    user = User.objects.create_user("asa@example.org")
    MandateFactory(
        key="asa",
        person=PersonFactory(key="asa", name="Asa", account=user),
        organisation=OrganisationFactory(key="driften", sector="business"),
        extent="administer",
        start="2010-01-01",
        end="..",
    )
    return signed_in(user)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium for a module. Not for longer: its loop would keep others from the database."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def in_demo(db: None, settings: Any) -> None:
    """The installation is a demo, and was begun as one."""
    from tillit.kit.demo import begin_demo

    settings.TILLIT_DEMO = True
    begin_demo()


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
