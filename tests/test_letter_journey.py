"""A letter from the first word to the last receiver, in a real browser: with script, and without."""

from collections.abc import Callable, Iterator
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
WIDE, NARROW, HEIGHT = 1280, 320, 900
PATIENCE = 30_000  # milliseconds for what happens in the background
TEXT = "Hej {förnamn}!\n\nVälkommen till **årsmötet**.\n\n- Mingel\n- Förhandlingar\n\nVi ses!\nKerstin"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo, in which mail goes nowhere."""
    with served(tmp_path_factory.mktemp("letters")) as address:
        yield address


@pytest.fixture
def open_desk(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """The list of letters, before the demo's coordinator."""
    opened = []

    def make(**how: Any) -> Page:
        context = browser.new_context(
            viewport={"width": WIDE, "height": HEIGHT},
            reduced_motion="reduce",
            locale="sv",
            storage_state=signed_in(browser, site, "samordnare"),
            **how,
        )
        opened.append(context)
        page = context.new_page()
        page.goto(f"{site}/utskick/")
        return page

    yield make
    for context in opened:
        context.close()


def look(page: Page) -> None:
    """What axe finds, wide and narrow; and nothing scrolls sideways on a small phone."""
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")  # nothing lies under the top bar
        page.evaluate(AXE)
        found = page.evaluate(
            """tags => axe.run({
                runOnly: {type: "tag", values: tags},
                rules: {"target-size": {enabled: true}},
            })""",
            TAGS,
        )
        assert [
            (it["id"], node["target"]) for it in found["violations"] for node in it["nodes"]
        ] == []
        beyond = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert beyond == 0, (page.url, width)
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})


def to(page: Page, name: str) -> None:
    """To another page of the letter."""
    page.goto(f"{'/'.join(page.url.split('/')[:5])}/{name}/")


def told(page: Page) -> dict[str, int]:
    """How many receivers have which outcome."""
    links = page.locator("#progress dd a").all()
    return {it.get_attribute("id") or "": int(it.inner_text().split()[0]) for it in links}


def write(page: Page) -> None:
    page.click("form[action='/utskick/nytt/'] button")
    page.fill("[name=subject_line]", "Årsmöte för {organisation}")
    page.fill("[name=text]", TEXT)


def test_from_the_first_word_to_the_last_receiver(open_desk: Callable[..., Page]) -> None:
    page = open_desk()
    complaints: list[str] = []
    page.on(
        "console",
        lambda it: complaints.append(it.text) if it.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda it: complaints.append(str(it)))
    look(page)
    write(page)
    page.check("[name=on_web]")
    expect(page.locator("#saved")).not_to_be_empty(timeout=PATIENCE)  # it has saved itself
    page.reload()
    assert page.input_value("[name=text]") == TEXT
    look(page)
    page.click("button[value=choosing]")
    receivers = page.locator("#receivers tbody tr")
    look(page)
    count = receivers.count()
    assert count > 20
    page.locator("button[name=leave]").first.click()
    expect(receivers).to_have_count(count - 1)
    page.fill("#by-hand-q", "skån")
    page.press("#by-hand-q", "Enter")
    page.locator("#by-hand button[name=add]").first.wait_for()
    look(page)
    to(page, "granskning")
    frame = page.frame_locator(".mail-frame")
    expect(frame.locator("strong")).to_have_text("årsmötet")
    greeting = frame.locator("main p").first.inner_text()
    assert greeting.startswith("Hej ")
    assert "{" not in greeting
    assert greeting in page.inner_text(".mail-text")
    look(page)
    page.click("form[action$='/prov/'] button")
    to(page, "sandning")
    look(page)
    page.click("form:has([name=stamp]) button")
    expect(page.locator("#progress .chip--good").first).to_be_visible(timeout=PATIENCE)
    assert sum(told(page).values()) == count - 1  # some have said no, or can't be reached
    expect(page.locator("#stop")).to_have_count(
        0
    )  # taken away by the figures that refresh themselves
    look(page)
    letter = page.get_attribute("a[href*='/brev/']", "href") or ""
    sent = told(page)["of-sent"]
    page.click("#of-sent")
    expect(page.locator("main tbody tr")).to_have_count(sent)
    look(page)
    page.locator("main tbody a").first.click()
    look(page)
    page.goto(letter)
    assert "{" not in page.inner_text("main")
    look(page)
    assert complaints == []


def test_it_is_all_done_without_script_too(open_desk: Callable[..., Page]) -> None:
    page = open_desk(java_script_enabled=False)
    write(page)
    page.click("button[value=choosing]")
    page.check("[name=group][value=nobody]")
    page.click("form:has([name=group]) button")
    page.fill("#by-hand-q", "skån")
    page.press("#by-hand-q", "Enter")
    page.locator("button[name=add]").first.click()
    page.locator("button[name=back]").wait_for()
    to(page, "sandning")
    page.click("form:has([name=stamp]) button")
    for _time in range(60):
        if told(page) and not page.locator("#refresh").count():
            break
        page.click("#refresh")
        page.wait_for_timeout(500)
    assert sum(told(page).values()) == 1
    page.goto(page.url.replace(page.url.split("/utskick/")[1], "nas-inte/"))
    assert page.locator("h1").is_visible()
