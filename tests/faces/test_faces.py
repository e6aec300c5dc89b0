"""Every page in a real browser: for those who see, who don't, and who have only a keyboard."""

from collections import Counter
from collections.abc import Iterator
from itertools import product

import html5lib
import pytest
from playwright.sync_api import Browser

from conftest import CHROMIUM
from faces.face import Face, signed_in
from faces.pages import pages
from faces.server import served
from faces.variants import WIDTHS, variants

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("faces")) as address:
        yield address


@pytest.fixture(
    scope="module", params=list(product(pages(), variants())), ids=lambda it: f"{it[0]} {it[1]}"
)
def face(request: pytest.FixtureRequest, site: str, browser: Browser) -> Iterator[Face]:
    face = Face.open(browser, site, *request.param)
    yield face
    face.close()


def test_axe_finds_nothing(face: Face):
    assert face.axe() == []


def test_nothing_scrolls_sideways(face: Face):
    for width in {face.variant.width, min(WIDTHS)}:
        assert face.overflow(width) == 0, width


def test_every_control_is_reached_by_tab_in_the_order_of_the_page(face: Face):
    expected = face.stops()
    reached = [stop["name"] for stop in face.walk("Tab")]
    assert reached == expected


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_what_has_focus_shows_it_and_is_not_covered(face: Face, key: str):
    stops = face.walk(key)
    assert stops
    assert [stop["name"] for stop in stops if not stop["showsFocus"]] == []
    assert [(stop["name"], stop["coveredBy"]) for stop in stops if stop["coveredBy"]] == []


def test_sources_open_where_they_stand_and_close_with_escape(face: Face):
    for button in face.page.locator(".cited__button").all()[:3]:
        button.click()
        sources = face.page.locator(".cited__sources:popover-open")
        box = sources.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= face.variant.width
        face.page.keyboard.press("Escape")
        assert sources.count() == 0


def test_on_paper_the_matter_stands_alone_with_its_sources(face: Face):
    face.page.emulate_media(media="print")
    assert not face.page.locator(".top__sections").is_visible()
    assert face.page.locator("h1").is_visible()
    for sources in face.page.locator(".cited__sources").all()[:3]:
        assert sources.is_visible()
    face.page.emulate_media(media="screen")


def test_the_browser_complains_of_nothing(face: Face):
    assert face.complaints == []


def test_the_html_is_strict_and_its_ids_are_unique(face: Face):
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(face.html)
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert [found for found, times in ids.items() if times > 1] == []
    languages = {element.get("lang") for element in tree.iter("html")}
    assert languages == {face.variant.language}


def test_what_is_wrong_in_a_form_has_the_focus_when_the_page_opens(site: str, browser: Browser):
    context = browser.new_context(storage_state=signed_in(browser, site, "samordnare"))
    page = context.new_page()
    page.goto(f"{site}/organisationer/natverket/redigera/uppgifter/natverket/rattelse/")
    page.fill("[name=start]", "i går")
    with page.expect_navigation():
        page.locator(".form .button").click()
    assert page.evaluate("() => document.activeElement.className") == "errors"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.hash") == "#id_start"
    context.close()
