"""A hand on the keyboard: all that somebody does who has no mouse, counted."""

from dataclasses import dataclass

from playwright.sync_api import Page

FURTHEST = 80  # presses of Tab through one page


@dataclass
class Hand:
    """`acts` are what people call clicks: links followed, buttons pressed, choices made."""

    page: Page
    acts: int = 0

    def reach(self, selector: str) -> None:
        """Go to the first control that fits, by Tab alone, from where the focus is."""
        for _press in range(FURTHEST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab on {self.page.url}")

    def write(self, name: str, text: str) -> None:
        """In place of what stands in the field."""
        self.reach(f"[name={name}]")
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def choose(self, name: str, value: str) -> None:
        """One of several that exclude each other: Tab comes to the group, arrows go round in it."""
        self.reach(f"[name={name}]")
        self.acts += 1
        chosen = "() => document.activeElement.checked && document.activeElement.value"
        self.page.keyboard.press("Space")
        for _press in range(FURTHEST):
            if self.page.evaluate(chosen) == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} has no choice {value}")

    def press(self, selector: str = "") -> None:
        """Follow the link, or press the button; without either, send the form that one writes in."""
        if selector:
            self.reach(selector)
        self.acts += 1
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
