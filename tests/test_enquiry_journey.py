"""The yearly question in a real browser: answered on a phone, taken over and counted by the office."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from faces.face import AXE, TAGS, signed_in
from faces.hand import Hand
from faces.server import served
from playwright.sync_api import Browser, Page, expect

from conftest import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
PHONE = {"width": 360, "height": 740}
MOST_ACTIONS = 12
WEB = "https://furuboda.example.org"


@dataclass
class Finger:
    """A finger on a phone. An action is a tap, or a text written in a field."""

    page: Page
    actions: int = 0

    def tap(self, selector: str) -> None:
        self.actions += 1
        self.page.locator(selector).first.tap()

    def write(self, name: str, text: str) -> None:
        self.actions += 1
        self.page.locator(f"[name={name}]").first.fill(text)


@pytest.fixture
def site(tmp_path: Any) -> Iterator[str]:
    """A demo, whose mailbox has the link to one member."""
    with served(tmp_path) as address:
        yield address


def phone(browser: Browser, **how: Any) -> Page:
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="sv", **how
    )
    return context.new_page()


def link_from_mail(page: Page, site: str) -> str:
    page.goto(f"{site}/demo/brevlada/")
    page.locator("a:has-text('uppgifterna')").first.click()
    page.wait_for_load_state()
    return re.search(r"/fraga/[\w-]+/[\w-]+/", page.content())[0]


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


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_answered_on_a_phone_taken_over_and_counted(
    site: str, browser: Browser, script: bool
) -> None:
    page = phone(browser, java_script_enabled=script)
    link = link_from_mail(page, site)
    page.goto(site + link)
    finger = Finger(page)
    finger.tap("summary:has-text('fel')")
    finger.write("web", WEB)
    finger.tap("button[value=save]")
    expect(page.locator(".chip--good")).to_have_count(1)
    finger.tap("button[value=right]")
    finger.write(first_question(page), "120")
    finger.tap("input[value='Omsorg']")
    finger.tap("input[value=yes]")
    finger.tap("button[value=save]")
    finger.write("answered_by", "Alex Lind")
    finger.tap("button[value=save]")
    expect(page.locator(".notice--good").first).to_be_visible()
    assert finger.actions <= MOST_ACTIONS, finger.actions
    page.context.close()

    office = browser.new_page(storage_state=signed_in(browser, site, "samordnare"), locale="sv")
    office.goto(f"{site}/arsfragor/demo-fragan/")
    before = office.locator("progress").get_attribute("value")
    office.locator("a[href$='/rattelser/']").first.click()
    entry = office.locator("section", has_text="Furuboda")
    expect(entry).to_contain_text(WEB)
    look(office)
    entry.locator("button[value=take]").click()
    expect(office.locator(".flash")).to_be_visible()
    expect(office.locator("section", has_text="Furuboda")).to_have_count(0)
    office.goto(f"{site}/organisationer/foreningen-furuboda/")
    expect(office.locator("main")).to_contain_text("furuboda.example.org")
    office.goto(f"{site}/arsfragor/demo-fragan/siffror/")
    expect(office.locator(".hero__lede")).to_contain_text(f"{before} av")
    look(office)
    office.goto(f"{site}/arsfragor/demo-fragan/svar/")
    expect(office.locator("tr", has_text="Furuboda")).to_contain_text("120")


def first_question(page: Page) -> str:
    """The name of its field."""
    return page.locator("main form [name^=q]").first.get_attribute("name") or ""


def test_with_the_keyboard_alone_and_changed_afterwards(site: str, browser: Browser) -> None:
    page = phone(browser)
    link = link_from_mail(page, site)
    page.goto(site + link)
    look(page)
    hand = Hand(page)
    hand.press("button[value=right]")
    look(page)
    hand.press("button[value=right]")
    look(page)
    hand.choose(page.locator("input[value=yes]").get_attribute("name") or "", "yes")
    hand.press("button[value=save]")
    look(page)
    hand.write("answered_by", "Alex Lind")
    hand.press()
    expect(page.locator(".notice--good").last).to_contain_text("Alex Lind")
    look(page)
    assert hand.acts <= MOST_ACTIONS
    page.goto(f"{site}{link}?del=name")
    hand.write("answered_by", "Robin Lind")
    hand.press()
    expect(page.locator(".notice--good").last).to_contain_text("Robin Lind")
