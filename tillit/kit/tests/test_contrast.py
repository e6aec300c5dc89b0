"""The colours of tokens.css reach the contrast that WCAG 2.2 AA asks for, in light and in dark."""

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[1] / "static/kit/css/tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS.read_text())}
GROUNDS = ("paper", "surface", "sunken")
TONES = ("civil", "public", "joint", "good", "warn", "bad")
THEMES = (0, 1)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: int) -> float:
    low, high = sorted(luminance(COLOURS[name][theme]) for name in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_read_on_every_ground(theme: int):
    for text, ground in product(("ink", "ink-2", *TONES), GROUNDS):
        assert contrast(text, ground, theme) >= 4.5, (text, ground)


@pytest.mark.parametrize("theme", THEMES)
def test_a_chip_is_read_on_its_own_ground(theme: int):
    for tone in TONES:
        assert contrast(tone, f"{tone}-bg", theme) >= 4.5, tone
        assert contrast("ink", f"{tone}-bg", theme) >= 4.5, tone
        assert contrast("ink-2", f"{tone}-bg", theme) >= 4.5, tone


@pytest.mark.parametrize("theme", THEMES)
def test_controls_and_focus_are_seen(theme: int):
    for ground in GROUNDS:
        assert contrast("control", ground, theme) >= 3, ground
        assert contrast("focus", ground, theme) >= 3, ground


@pytest.mark.parametrize("theme", THEMES)
def test_the_label_of_every_step_of_a_map_is_read(theme: int):
    for step in range(10):
        label = "map-text-low" if step <= 5 else "map-text-high"
        assert contrast(label, f"map-{step}", theme) >= 4.5, step
