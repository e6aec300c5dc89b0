"""A consultation in a real browser: sent out by both sides, answered by five, one late, responded to."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from faces.face import AXE, TAGS, signed_in
from faces.server import served
from playwright.sync_api import Browser, Page, expect

from conftest import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
REMISS = "/remisser/demo-remiss-forbereds/"
NEIGHBOURS = ("Granne Ett", "Granne Två", "Granne Tre", "Granne Fyra")


@pytest.fixture
def site(tmp_path: Any) -> Iterator[str]:
    with served(tmp_path) as address:
        yield address


def look(page: Page) -> None:
    """What axe finds, and whether anything scrolls sideways."""
    page.evaluate(AXE)
    found = page.evaluate(
        """tags => axe.run({
            runOnly: {type: "tag", values: tags},
            rules: {"target-size": {enabled: true}},
        })""",
        TAGS,
    )
    assert [(it["id"], node["target"]) for it in found["violations"] for node in it["nodes"]] == []
    beyond = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert beyond == 0, page.url


def phone(browser: Browser) -> Page:
    shape = {"width": 360, "height": 740}
    return browser.new_context(viewport=shape, locale="sv", java_script_enabled=True).new_page()


def go_ahead(page: Page, site: str, matter: str) -> None:
    page.goto(f"{site}{REMISS}klartecken/{matter}/")
    look(page)
    page.get_by_role("button", name="Vår sida ger klartecken").click()
    expect(page.locator(".flash")).to_be_visible()


def come(page: Page, site: str, name: str) -> str:
    """The link that somebody without an account gets by mail."""
    page.goto(f"{site}{REMISS}svara/")
    page.fill("[name=name]", name)
    page.fill("[name=email]", f"{name.lower().replace(' ', '.').replace('å', 'a')}@example.org")
    page.get_by_role("button", name="Skicka länken").click()
    page.goto(f"{site}/demo/brevlada/")
    page.locator("a:has-text('Din länk')").first.click()
    page.wait_for_load_state()
    return site + re.search(r"/remisser/[\w-]+/svara/[\w-]+/", page.content())[0]


def answer(page: Page, link: str, position: str, text: str) -> None:
    page.goto(f"{link}?del=2")
    look(page)
    page.locator("textarea[name$=-quotation]").last.fill("en gång om året")
    page.locator("textarea[name$=-text]").last.fill(text)
    page.get_by_role("button", name="Spara och gå vidare").click()
    page.goto(f"{link}?del=skicka")
    look(page)
    expect(page.locator("main")).to_contain_text(text)
    page.check(f"[name=position][value={position}]")
    page.fill("[name=answered_by]", "Alex Lind")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.locator(".notice--good").last).to_contain_text("Alex Lind")


def let_the_last_day_pass(folder: Path) -> None:
    [file] = [it for it in folder.rglob("*.sqlite3") if it.name == "tillit.sqlite3"]
    with sqlite3.connect(file, timeout=30) as database:
        sql = "UPDATE agreements_consultation SET deadline = date('now', '-1 day') WHERE key = ?"
        database.execute(sql, ["demo-remiss-forbereds"])


def test_from_a_draft_to_responses(site: str, browser: Browser, tmp_path: Path) -> None:
    civil = browser.new_page(storage_state=signed_in(browser, site, "samordnare"), locale="sv")
    public = browser.new_page(storage_state=signed_in(browser, site, "tjansteperson"), locale="sv")
    stranger = phone(browser)
    assert stranger.goto(f"{site}{REMISS}").status == 404
    go_ahead(civil, site, "open")
    assert stranger.goto(f"{site}{REMISS}").status == 404
    go_ahead(public, site, "open")
    assert stranger.goto(f"{site}{REMISS}").status == 200
    look(stranger)

    member = browser.new_page(storage_state=signed_in(browser, site, "kontaktperson"), locale="sv")
    own = f"{site}{REMISS}organisation/foreningen-furuboda/"
    answer(member, own, "remarks", "Furubodas synpunkt")
    for number, name in enumerate(NEIGHBOURS[:3]):
        answer(stranger, come(stranger, site, name), "remarks", f"Synpunkt {number}")
    let_the_last_day_pass(tmp_path)
    answer(stranger, come(stranger, site, NEIGHBOURS[3]), "opposes", "Den sena synpunkten")

    stranger.goto(f"{site}{REMISS}svar/")
    expect(stranger.locator("tbody tr")).to_have_count(5)
    expect(stranger.locator("tr", has_text=NEIGHBOURS[3])).to_contain_text("ja")
    for page in (civil, public, civil, public, civil):
        page.goto(f"{site}{REMISS}sammanstallning/?response=none")
        look(page)
        page.get_by_role("link", name=re.compile("^Bemöt")).first.click()
        page.check("[name=outcome][value=taken]")
        page.fill("[name=why]", "Vi skriver oftare.")
        page.get_by_role("button", name="Spara").click()
        expect(page.locator(".flash")).to_be_visible()
    civil.goto(f"{site}{REMISS}sammanstallning/?response=none")
    expect(civil.get_by_role("link", name=re.compile("^Bemöt"))).to_have_count(0)
    for page in (public, civil):
        go_ahead(page, site, "publish")
    stranger.goto(f"{site}{REMISS}sammanstallning/")
    expect(stranger.locator("main")).to_contain_text("Vi skriver oftare.")
    look(stranger)


@pytest.mark.parametrize("has_script", [True, False])
def test_what_was_written_is_not_lost_on_the_way_on(site, browser, has_script):
    state = signed_in(browser, site, "kontaktperson")
    context = browser.new_context(locale="sv", storage_state=state, java_script_enabled=has_script)
    page, asked = context.new_page(), []
    here = f"{site}/remisser/demo-remiss/organisation/foreningen-furuboda/?del=2"
    page.on("dialog", lambda it: (asked.append(it.type), it.dismiss()))
    page.goto(here)
    field = page.locator("textarea[name$=-text]").last
    field.press_sequentially("Skriv ofta.")
    if has_script:
        page.get_by_role("link", name="1 Varför vi gör om överenskommelsen").click()
        expect(field).to_have_value("Skriv ofta.")
        assert asked == ["beforeunload"]
    page.get_by_role("button", name="Spara, se igenom och skicka").click()
    page.wait_for_url("**del=skicka**")
    expect(page.locator("#nu")).to_contain_text("Skriv ofta.")
    expect(page.locator("#nu .flash")).to_be_visible()
    assert asked == (["beforeunload"] if has_script else [])
    context.close()
