"""One page in one variant, open in a browser, with what is asked of it."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

from faces.variants import HEIGHT, Variant

FOLDER = Path(__file__).parent
AXE = (FOLDER / "vendor" / "axe.min.js").read_text()
KEYBOARD = (FOLDER / "keyboard.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The focus may stand somewhere, such as on the summary of what is wrong: one begins before all of it.
AT_THE_TOP = """() => {
    if (document.activeElement === document.body) return;
    const top = document.createElement("span");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus({preventScroll: true});
    top.remove();
}"""
# A stop of several parts, such as a day, takes several presses.
PRESSES_A_STOP = 6


@cache
def signed_in(browser: Browser, site: str, who: str) -> Any:
    """The session of one of the demo's invented persons, by the beginning of the address."""
    context = browser.new_context(locale="sv")
    page = context.new_page()
    page.goto(f"{site}/logga-in/")
    page.locator(f'button[value="{who}@example.org"]').click()
    page.wait_for_load_state()
    state = context.storage_state()
    context.close()
    return state


@dataclass
class Face:
    page: Page
    address: str
    variant: Variant
    complaints: list[str] = field(default_factory=list)
    html: str = ""
    walks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @classmethod
    def open(cls, browser: Browser, site: str, path: str, variant: Variant) -> "Face":
        who, _at, path = path.rpartition("@")
        context = browser.new_context(
            viewport={"width": variant.width, "height": HEIGHT},
            color_scheme="dark" if variant.theme == "dark" else "light",
            reduced_motion="reduce",
            locale=variant.language,
            storage_state=signed_in(browser, site, who) if who else None,
        )
        face = cls(context.new_page(), site + variant.address(path), variant)
        face.load()
        return face

    def load(self) -> None:
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        response = self.page.goto(self.address)
        assert response is not None
        assert response.status < 500, f"{self.address} answers {response.status}"
        self.html = response.text()

    def hear(self, message: ConsoleMessage) -> None:
        """What the browser complains of; that the page itself answers 400 or 404 is no news."""
        about_itself = (
            message.location.get("url") == self.address and "Failed to load" in message.text
        )
        if message.type in {"error", "warning"} and not about_itself:
            self.complaints.append(message.text)

    def axe(self) -> list[str]:
        """What axe finds wrong, with the elements."""
        self.page.evaluate(AXE)
        found = self.page.evaluate(
            """tags => axe.run({
                runOnly: {type: "tag", values: tags},
                resultTypes: ["violations"],
                rules: {"target-size": {enabled: true}},
            })""",
            TAGS,
        )
        return [
            told(violation, node)
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def overflow(self, width: int) -> int:
        """How far the page can be scrolled sideways at a width."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        beyond = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        self.page.set_viewport_size({"width": self.variant.width, "height": HEIGHT})
        return int(beyond)

    def walk(self, key: str) -> list[dict[str, Any]]:
        """The stops that a key takes through the page; walked once."""
        if key not in self.walks:
            self.walks[key] = self.walk_through(key)
        return self.walks[key]

    def walk_through(self, key: str) -> list[dict[str, Any]]:
        """Press the key until the page is through. Each stop is told by keyboard.js."""
        self.page.evaluate(KEYBOARD)
        self.page.evaluate(AT_THE_TOP)
        most = PRESSES_A_STOP * len(self.stops()) + PRESSES_A_STOP
        told: list[dict[str, Any]] = []
        for _press in range(most):
            self.page.keyboard.press(key)
            stop = self.page.evaluate("tillitStop()")
            if stop is None or (told and stop["index"] == told[0]["index"] != told[-1]["index"]):
                break
            if not told or told[-1]["index"] != stop["index"]:
                told.append(stop)
        return told

    def stops(self) -> list[str]:
        """All that can be worked with, in the order of the page."""
        self.page.evaluate(KEYBOARD)
        return list(self.page.evaluate("tillitStops().map(tillitName)"))

    def close(self) -> None:
        self.page.context.close()


def told(violation: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{violation['id']}: {node['target']} {node['failureSummary']}"
