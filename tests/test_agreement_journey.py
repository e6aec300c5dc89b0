"""An agreement in a real browser: adopted by both, signed here and on paper, and known by its bytes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from faces.face import signed_in
from faces.server import served
from playwright.sync_api import Browser, Page, expect
from test_consultation_journey import look

from conftest import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
DRAFT = "/overenskommelser/ett-pahittat-avtal/versioner/forsta/"


@pytest.fixture
def site(tmp_path: Any) -> Iterator[str]:
    with served(tmp_path) as address:
        yield address


def begin(page: Page, site: str) -> None:
    """An agreement with a party of each side, and a draft with a section."""
    page.goto(f"{site}/overenskommelser/ny/")
    look(page)
    page.fill("[name=title]", "Ett påhittat avtal")
    page.select_option("[name=level]", "regional")
    page.fill("[name=civil_title]", "Den idéburna sektorn")
    page.fill("[name=public_organisation]", "region-skane")
    page.locator("main form button").last.click()
    expect(page.locator(".flash")).to_be_visible()
    page.goto(f"{site}/overenskommelser/ett-pahittat-avtal/versioner/ny/")
    page.fill("[name=label]", "Första")
    page.locator("main form button").last.click()
    page.goto(f"{site}{DRAFT}delar/avsnitt/ny/")
    look(page)
    page.fill("[name=number]", "1")
    page.fill("[name=heading]", "Bakgrund")
    page.fill("[name=text]", "Vi har kommit överens om **detta**.")
    page.get_by_role("button", name="Lägg till", exact=True).click()
    expect(page.locator(".flash")).to_be_visible()


def adopt(page: Page, site: str, from_when: str = "") -> None:
    page.goto(f"{site}{DRAFT}antagande/")
    look(page)
    page.fill("[name=dated]", "2026-11-01")
    page.fill("[name=case_number]", "RUN 2026-117")
    if from_when:
        page.fill("[name=in_force_from]", from_when)
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".flash")).to_be_visible()


def checked(page: Page, site: str, file: Path) -> Page:
    page.goto(f"{site}/kontrollera/")
    page.set_input_files("[type=file]", file)
    page.get_by_role("button", name="Kontrollera", exact=True).click()
    look(page)
    return page


def test_from_adoption_to_a_file_that_anybody_can_check(
    site: str, browser: Browser, tmp_path: Path
) -> None:
    civil = browser.new_page(storage_state=signed_in(browser, site, "samordnare"), locale="sv")
    public = browser.new_page(storage_state=signed_in(browser, site, "tjansteperson"), locale="sv")
    anybody = browser.new_context(viewport={"width": 360, "height": 740}, locale="sv").new_page()

    begin(civil, site)
    adopt(civil, site)
    assert anybody.goto(f"{site}{DRAFT}").status == 404
    adopt(public, site, "2027-01-01")
    assert anybody.goto(f"{site}{DRAFT}").status == 200
    look(anybody)

    civil.goto(f"{site}{DRAFT}")
    civil.get_by_role("link", name="Be alla parter skriva under").click()
    look(civil)
    civil.get_by_role("button", name="Gör dokumentet och be").click()
    expect(civil.locator(".flash")).to_be_visible()
    look(civil)
    record = civil.url

    civil.goto(f"{record}underskrift/")
    look(civil)
    civil.fill("[name=role]", "Ordförande")
    civil.fill("[name=place]", "Malmö")
    civil.check("[name=has_read]")
    civil.locator("main form button").last.click()
    expect(civil.locator(".flash")).to_be_visible()

    public.goto(record)
    original = tmp_path / "original.pdf"
    source = public.locator("main a[href*='/fil/']").first.get_attribute("href")
    original.write_bytes(public.request.get(f"{site}{source}").body())
    assert original.read_bytes().startswith(b"%PDF-")
    on_paper = tmp_path / "undertecknad.pdf"
    on_paper.write_bytes(original.read_bytes() + b"\n% signed on paper and scanned\n")
    public.goto(f"{record}exemplar/")
    look(public)
    public.set_input_files("[name=file]", on_paper)
    public.fill("[name=name]", "Robin Ek")
    public.fill("[name=role]", "Ordförande i nämnden")
    public.locator("main form button").last.click()
    expect(public.locator(".flash")).to_be_visible()

    anybody.goto(f"{site}{DRAFT}")
    expect(anybody.locator("main")).to_contain_text("Undertecknade")
    for file in (original, on_paper):
        known = checked(anybody, site, file)
        expect(known.locator("main")).to_contain_text("Robin Ek")
    spoiled = bytearray(original.read_bytes())
    spoiled[len(spoiled) // 2] ^= 1
    other = tmp_path / "andrad.pdf"
    other.write_bytes(bytes(spoiled))
    refused = checked(anybody, site, other)
    expect(refused.locator("main")).not_to_contain_text("Robin Ek")
