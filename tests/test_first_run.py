"""From an empty installation to the first invitation, sent and answered, in a real browser.

By keyboard alone but for one file, with a server, a worker and a mail server that are real. The
terminal is looked at once, for the code.
"""

import re
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from queue import Queue

import pytest
from aiosmtpd.controller import Controller
from faces.face import AXE, TAGS
from faces.hand import Hand
from faces.server import free_port, served
from PIL import Image
from playwright.sync_api import Browser, Page

from conftest import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}-[A-Z]{4}\b")
FIGURES = re.compile(r"\b(\d{3}) (\d{3})\b")
PATIENCE = 30  # seconds for a mail
MOST_ACTS = 60
MINUTES = 15
# How long somebody takes who reads: to find out what a page asks, and to write a field.
READING, WRITING = 20, 8  # seconds


class Sink:
    """A mail server that keeps what it is sent."""

    def __init__(self) -> None:
        self.port = free_port()
        self.mails: Queue[EmailMessage] = Queue()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd's name)
        self.mails.put(message_from_bytes(envelope.content, policy=policy.default))
        return "250 taken"

    def mail(self, to: str) -> EmailMessage:
        """The next mail, which must be to that address."""
        mail = self.mails.get(timeout=PATIENCE)
        assert to in str(mail["To"])
        return mail


@pytest.fixture(scope="module")
def sink() -> Iterator[Sink]:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    yield sink
    controller.stop()


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    path = tmp_path / "logo.png"
    Image.new("RGB", (400, 120), "#553a74").save(path)
    return path


class Journey:
    """What is done, how much of it, and what axe finds on the way."""

    def __init__(self, address: str, code: str, sink: Sink) -> None:
        self.address, self.code, self.sink = address, code, sink
        self.pages, self.fields, self.acts = 0, 0, 0

    def hand(self, browser: Browser, url: str) -> Hand:
        context = browser.new_context(locale="sv", reduced_motion="reduce")
        page = context.new_page()
        page.goto(url)
        return Hand(page)

    def look(self, hand: Hand, path: str) -> None:
        """One is on the page, and it is sound."""
        assert re.fullmatch(re.escape(self.address) + path, hand.page.url), hand.page.url
        hand.page.evaluate(AXE)
        found = hand.page.evaluate('tags => axe.run({runOnly: {type: "tag", values: tags}})', TAGS)[
            "violations"
        ]
        assert [(it["id"], [node["target"] for node in it["nodes"]]) for it in found] == []
        self.pages += 1

    def fill(self, hand: Hand, **said: str) -> None:
        for name, text in said.items():
            hand.write(name, text)
            self.fields += 1


def test_from_nothing_to_the_first_answered_invitation(
    browser: Browser, sink: Sink, logo: Path, tmp_path: Path
):
    said = tmp_path / "terminal"
    with served(tmp_path / "data", demo=False, example=False, said=said) as address:
        code = CODE.search(said.read_text())
        assert code
        journey = Journey(address.replace("127.0.0.1", "localhost"), code[0], sink)
        began = time.monotonic()
        first = go_through_the_guide(journey, browser, logo, tmp_path)
        invite(journey, first)
        second = answer(journey, browser)
        journey.acts = first.acts + second.acts
        minutes = (time.monotonic() - began) / 60
    reading = (journey.pages * READING + journey.fields * WRITING) / 60
    assert journey.acts <= MOST_ACTS
    assert minutes + reading < MINUTES


def go_through_the_guide(journey: Journey, browser: Browser, logo: Path, copies: Path) -> Hand:
    hand = journey.hand(browser, journey.address + "/organisationer/")
    become_administrator(journey, hand)
    journey.look(hand, "/kom-igang/avtalet/")
    journey.fill(hand, title="Överenskommelsen Skåne", place="Skåne län")
    hand.press()
    journey.look(hand, "/kom-igang/ideburen-part/")
    journey.fill(hand, name="Nätverket")
    hand.press()
    journey.look(hand, "/kom-igang/offentlig-part/")
    journey.fill(hand, name="Region Skåne", number="232100-0255")
    hand.press()
    journey.look(hand, "/kom-igang/logotyp/")
    hand.page.set_input_files("[name=picture]", logo)
    journey.fill(hand, words="Överenskommelsen Skåne")
    hand.press()
    set_mail(journey, hand)
    journey.look(hand, "/kom-igang/personuppgifter/")
    journey.fill(hand, contact="dataskydd@example.org")
    hand.press()
    journey.look(hand, "/kom-igang/sakerhetskopior/")
    journey.fill(hand, folder=str(copies))
    hand.press()
    hand.page.click("#new-key")
    assert "AGE-SECRET-KEY-1" in hand.page.inner_text("main")
    hand.page.click("main a.button")
    hand.page.click("main form .button")  # the doors open
    return hand


def become_administrator(journey: Journey, hand: Hand) -> None:
    journey.look(hand, "/kom-igang/")
    journey.fill(hand, code=journey.code)
    hand.press()
    journey.look(hand, "/kom-igang/administrator/")
    journey.fill(hand, name="Åsa Öberg", email="asa@example.org", organisation_name="Nätverket")
    hand.choose("sector", "civil")
    hand.press()


def set_mail(journey: Journey, hand: Hand) -> None:
    """The test mail is there before one goes on."""
    journey.look(hand, "/kom-igang/epost/")
    journey.fill(hand, sender_address="kansli@example.org", sender_name="Nätverket")
    journey.fill(hand, host="127.0.0.1", port=str(journey.sink.port))
    hand.choose("security", "none")
    hand.press("main form .button")
    assert journey.sink.mail("asa@example.org")["From"].addresses[0].display_name == "Nätverket"


def invite(journey: Journey, hand: Hand) -> None:
    journey.look(hand, "/skrivbord/")
    hand.press(".errand--civil a")
    journey.look(hand, r"/organisationer/natverket/behorigheter/inbjudan/\?extent=secretariat.*")
    journey.fill(hand, email="karin@example.org", name="Karin Ek")
    hand.press()
    journey.look(hand, r"/organisationer/natverket/behorigheter/inbjudan/(\?extent=secretariat.*)?")
    hand.press("[name=send]")


def answer(journey: Journey, browser: Browser) -> Hand:
    """In another browser, with nothing but the mail."""
    mail = journey.sink.mail("karin@example.org")
    text = mail.get_body(("plain",)).get_content()
    assert f'src="{journey.address}/logotyp/' in mail.get_body(("html",)).get_content()
    link = re.search(rf"{re.escape(journey.address)}/inbjudan/\S+", text)
    assert link
    hand = journey.hand(browser, link[0])
    hand.page.reload()  # a scanner has been there too
    journey.look(hand, r"/inbjudan/\S+/")
    hand.press("[name=yes]")
    figures = FIGURES.search(
        journey.sink.mail("karin@example.org").get_body(("plain",)).get_content()
    )
    assert figures
    journey.look(hand, r"/inbjudan/\S+/kod/")
    journey.fill(hand, code="".join(figures.groups()))
    hand.press()
    arrive(journey, hand.page)
    return hand


def arrive(journey: Journey, page: Page) -> None:
    """Signed in, with the mandate, and a desk."""
    page.goto(journey.address + "/skrivbord/")
    assert page.url == journey.address + "/skrivbord/"
    assert page.locator("h1").is_visible()
    assert page.locator("main").get_by_text("Nätverket").first.is_visible()
    assert page.goto(journey.address + "/ny-organisation/").status == 200
