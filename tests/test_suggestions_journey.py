"""Suggestions below the field for everything, in a real browser: by keys, by mouse and thumb, by ear."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from faces.face import AXE, TAGS, signed_in
from faces.server import served
from playwright.sync_api import Browser, Page, Route, expect

from conftest import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
OPEN, OPTION = ".suggest__list:not([hidden])", ".suggest__option"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("suggestions")) as address:
        yield address


@pytest.fixture
def opened(site: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    contexts, complaints = [], []

    def make(path: str, width: int = 1280, **how: Any) -> Page:
        size = {"width": width, "height": 640}
        context = browser.new_context(viewport=size, locale="sv", reduced_motion="reduce", **how)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda it: complaints.append(it.text))
        page.on("pageerror", lambda it: complaints.append(str(it)))
        page.goto(site + path)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


def typed(page: Page, words: str) -> Any:
    """The field, with the list open below it."""
    field = page.get_by_role("combobox")
    field.press("End")
    field.press_sequentially(words)
    page.locator(OPEN).wait_for()
    return field


def active(page: Page) -> str:
    """The text of the option that somebody who listens is on."""
    return str(
        page.evaluate(
            """() => document.getElementById(
                document.activeElement.getAttribute("aria-activedescendant")
            )?.innerText ?? "" """
        )
    )


def test_arrows_go_through_the_list_and_enter_to_the_thing(opened):
    page = opened("/platser/?on=2012-06-01")
    field = typed(page, "malm")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".suggest [role=status]")).to_have_text("8 förslag")
    assert active(page) == ""
    field.press("ArrowDown")
    assert "Malmö" in active(page)
    field.press("ArrowUp")
    assert active(page) == ""
    field.press("ArrowUp")
    assert active(page) == "Sök efter ”malm”"
    expect(page.locator("[aria-selected=true]")).to_have_count(1)
    field.press("ArrowDown")
    field.press("ArrowDown")
    with page.expect_navigation():
        field.press("Enter")
    assert page.url.endswith("/platser/1280/?on=2012-06-01")


def test_enter_without_a_choice_searches_and_so_does_the_last_option(opened):
    page = opened("/platser/")
    field = typed(page, "malm")
    with page.expect_navigation():
        field.press("Enter")
    assert page.url.endswith("/sok/?q=malm")
    field = typed(page, "ö")
    field.press("ArrowUp")
    with page.expect_navigation():
        field.press("Enter")
    assert page.url.endswith("/sok/?q=malm%C3%B6")


def test_escape_and_leaving_close_it_and_the_words_stay(opened):
    page = opened("/platser/")
    field = typed(page, "malm")
    field.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(field).to_have_value("malm")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    page.locator(OPEN).wait_for()
    field.press("Tab")
    expect(page.locator(OPEN)).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "width", "theme"),
    [("/platser/", 1280, "light"), ("/platser/", 360, "dark"), ("/sok/", 320, "light")],
)
def test_the_open_list_is_for_everybody(opened, path, width, theme):
    page = opened(path, width, color_scheme=theme, has_touch=width < 1280)
    typed(page, "malm").press("ArrowDown")
    page.evaluate(AXE)
    found = page.evaluate(
        """tags => axe.run({
            runOnly: {type: "tag", values: tags}, rules: {"target-size": {enabled: true}},
        })""",
        TAGS,
    )
    assert [(it["id"], it["nodes"]) for it in found["violations"]] == []
    beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(beyond) == 0
    if width < 1280:
        heights = [it.bounding_box()["height"] for it in page.locator(OPTION).all()]
        assert min(heights) >= 40
        with page.expect_navigation():
            page.locator(OPTION).first.tap()
        assert "/platser/1280/" in page.url


def test_an_answer_that_was_overtaken_is_not_shown(opened):
    page = opened("/platser/")
    held: list[Route] = []
    of_the_first = re.compile(r"/forslag/\?q=ma$")

    def hold(route: Route) -> None:
        held.append(route)

    page.route(of_the_first, hold)
    field = page.get_by_role("combobox")
    with page.expect_request(of_the_first):
        field.press_sequentially("ma")
    typed(page, "lmö hö")
    expect(page.locator(OPTION).first).to_contain_text("Malmö högskola")
    assert len(held) == 1
    held[0].fulfill(body='<li role="option" class="suggest__option">Malå</li>')
    expect(page.locator(OPTION).first).to_contain_text("Malmö högskola")


def test_in_a_form_what_is_chosen_becomes_the_value_of_its_field(site, browser, opened):
    state = signed_in(browser, site, "samordnare")
    page = opened("/overenskommelser/skane/parter/ny/", 360, storage_state=state)
    field = page.get_by_role("combobox", name="Organisation")
    field.press_sequentially("malmö hög")
    page.locator(OPEN).wait_for()
    field.press("ArrowDown")
    assert "Malmö högskola" in active(page)
    field.press("Enter")
    expect(field).to_have_value("Malmö högskola")
    expect(page.locator(OPEN)).to_have_count(0)
    assert page.url.endswith("/parter/ny/")


def test_without_a_script_the_form_is_sent(opened):
    page = opened("/platser/", java_script_enabled=False)
    field = page.get_by_role("searchbox", name="Sök i allt")
    field.fill("malmö")
    with page.expect_navigation():
        field.press("Enter")
    assert page.url.endswith("/sok/?q=malm%C3%B6")


@pytest.mark.parametrize("path", ["/platser/", "/en/platser/"])
def test_the_top_bar_stands_in_one_line_when_it_is_wide(site, browser, opened, path):
    page = opened(path, 1280, storage_state=signed_in(browser, site, "samordnare"))
    rows = {round(it.bounding_box()["y"]) for it in page.locator(".top__sections > ul > li").all()}
    assert len(rows) == 1
