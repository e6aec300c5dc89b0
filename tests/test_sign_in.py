"""Signing in in a real browser: with the keyboard alone, and with a passkey that Chromium makes up."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from faces.face import AXE, TAGS
from faces.server import ROOT, environment, served
from playwright.sync_api import Browser, BrowserContext, Page, expect

from conftest import CHROMIUM
from tillit.accounts.tests.fake_provider import CLIENT, SECRET, Provider, provider

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
PATIENCE = 10_000  # milliseconds


class Site:
    """A Tillit that is no demo, its database, where mails wait, and a provider that it knows."""

    freja: Provider

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address.replace("127.0.0.1", "localhost")  # passkeys belong to a name
        self.file = folder / "tillit.sqlite3"

    def code(self, address: str) -> str:
        """The one in the latest mail."""
        asked = "SELECT text FROM post_message WHERE to_email = ? ORDER BY id"
        with closing(sqlite3.connect(self.file, timeout=20)) as database:
            *_earlier, (text,) = database.execute(asked, [address])
        return re.search(r"\d{3} \d{3}", text)[0]

    def run(self, script: str) -> None:
        """In a process of its own, as the server has it."""
        tillit = [sys.executable, "-m", "tillit", "shell", "--no-imports", "-c", script]
        env = environment(self.file.parent, demo=False)
        subprocess.run(tillit, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


MAKE_ACCOUNTS = """
from tillit.accounts.actions import account_for
for name in {names}:
    account_for(name + "@example.org")
"""
LET_TIME_PASS = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for row in Session.objects.all():
    session = SessionStore(row.pk)
    for record in session.get("account_authentication_methods", []):
        record["at"] -= 10_000
    session.modified = True
    session.save()
"""
PAGES = {
    "adress": "konto/adresser/ny/",
    "losenord": "konto/losenord/",
    "app": "konto/kodapp/",
    "sen": "konto/bekraftelse/",
}
NAMES = ["tangentbord", "annanstans", "nyckel", "utan", *PAGES]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("sign-in")
    with provider() as freja, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TILLIT_OIDC", "freja")
        patch.setenv("TILLIT_OIDC_FREJA_URL", freja.url)
        patch.setenv("TILLIT_OIDC_FREJA_CLIENT", CLIENT)
        patch.setenv("TILLIT_OIDC_FREJA_SECRET", SECRET)
        with served(folder, demo=False) as address:
            site = Site(address, folder)
            site.freja = freja
            site.run(MAKE_ACCOUNTS.format(names=NAMES))
            yield site


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="sv", viewport={"width": 360, "height": 800})
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def press_to(page: Page, selector: str) -> None:
    """Press Tab until the one is reached."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")


def looks_right(page: Page) -> None:
    """axe finds nothing, and at 320 pixels nothing scrolls sideways."""
    page.evaluate(AXE)
    found = page.evaluate(
        """tags => axe.run({runOnly: {type: "tag", values: tags},
            rules: {"target-size": {enabled: true}}})""",
        TAGS,
    )
    assert [(it["id"], it["nodes"][0]["target"]) for it in found["violations"]] == [], page.url
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    beyond = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert beyond == 0, page.url
    page.set_viewport_size(before)


def sign_in(page: Page, site: Site, address: str) -> None:
    """With the keyboard alone."""
    page.goto(f"{site.address}/personer/")
    press_to(page, "a[href^='/logga-in/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/logga-in/?next=*")
    press_to(page, "input[name=email]")
    looks_right(page)
    page.keyboard.type(address)
    page.keyboard.press("Enter")
    page.wait_for_url("**/logga-in/kod/")
    looks_right(page)
    press_to(page, "input[name=code]")
    page.keyboard.type(site.code(address))
    page.keyboard.press("Enter")
    page.wait_for_url("**/personer/")


def test_one_signs_in_and_out_by_keyboard_and_a_code(page: Page, site: Site):
    sign_in(page, site, "tangentbord@example.org")
    menu = page.locator("#person-menu")
    assert not menu.is_visible()
    press_to(page, ".person__button")
    page.keyboard.press("Enter")
    assert menu.is_visible()
    looks_right(page)
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.keyboard.press("Enter")
    press_to(page, "form[action='/logga-ut/'] button")
    page.keyboard.press("Enter")
    expect(page.locator("a[href^='/logga-in/']").first).to_be_visible()
    page.goto(f"{site.address}/konto/")
    assert "/logga-in/" in page.url


@pytest.fixture
def passkeys(context: BrowserContext, page: Page) -> None:
    """A device in this browser that makes and keeps passkeys, and says yes to everything."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_passkey_is_made_signs_in_and_is_removed(page: Page, site: Site, passkeys: None):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    sign_in(page, site, "nyckel@example.org")

    page.goto(f"{site.address}/konto/losennycklar/ny/")
    looks_right(page)
    page.locator("input[name=name]").fill("min mobil")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/konto/")
    expect(page.get_by_text("min mobil").first).to_be_visible()
    looks_right(page)

    page.context.clear_cookies()
    page.goto(f"{site.address}/logga-in/?next=/konto/")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/konto/")

    page.locator("form[action$='/borttagning/'] button").click()
    expect(page.locator(".flash")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{site.address}/logga-in/")
    page.locator("form[data-passkey] button").click()
    expect(page.locator(".errors")).to_be_visible()
    assert [it for it in complaints if "422" not in it] == []


def test_one_signs_in_with_a_provider_elsewhere(page: Page, site: Site):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    site.freja.claims = {"sub": "abc", "email": "annanstans@example.org", "email_verified": True}
    page.goto(f"{site.address}/logga-in/?next=/konto/")
    page.locator("form[action='/logga-in/med/freja/'] button").click()
    page.wait_for_url("**/konto/")
    assert complaints == []


def test_who_breaks_off_is_told_and_may_try_again(page: Page, site: Site):
    page.goto(f"{site.address}/logga-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error()) }")
    page.locator("form[data-passkey] button").click()
    expect(page.locator("[data-fault]")).not_to_be_empty()
    looks_right(page)


def test_without_a_script_all_but_passkeys_works(browser: Browser, site: Site):
    context = browser.new_context(locale="sv", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/logga-in/")
    assert not page.locator("form[data-passkey]").is_visible()
    page.locator("input[name=email]").fill("utan@example.org")
    page.locator("input[name=email]").press("Enter")
    page.locator("input[name=code]").fill(site.code("utan@example.org"))
    page.locator("input[name=code]").press("Enter")
    page.locator(".person__button").click()
    assert page.locator("#person-menu").is_visible()
    context.close()


@pytest.mark.parametrize(("name", "path"), PAGES.items())
def test_the_pages_of_the_settings_look_right(page: Page, site: Site, name: str, path: str):
    sign_in(page, site, f"{name}@example.org")
    if name == "sen":
        site.run(LET_TIME_PASS)
    page.goto(f"{site.address}/{path}")
    assert path in page.url
    looks_right(page)
    page.emulate_media(color_scheme="dark")
    looks_right(page)
