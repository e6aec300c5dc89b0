"""Text as it is set in the page's language: soft hyphens in long words, figures with spaces."""

import re
from decimal import Decimal
from functools import cache, lru_cache

import pyphen
from django.utils.translation import get_language

LONG = 12  # letters: from here on a word may have to be broken on a phone
SOFT_HYPHEN = "\u00ad"
NARROW_SPACE = "\u202f"
SPACE = "\u00a0"
GROUPED_FROM = 10_000  # below that no space, so that a year stays a year
DICTIONARIES = {"sv": "sv_SE", "en": "en_GB"}
# A tag or an entity is left alone, and so is what people copy: addresses of mail and web.
LEFT_ALONE = r"<[^>]*>|&#?\w+;|\S*(?:@|://|www\.)\S*"
LONG_WORD = re.compile(rf"({LEFT_ALONE})|([^\W\d_]{{{LONG},}})")


def language() -> str:
    return (get_language() or "sv").partition("-")[0]


@cache
def dictionary(code: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=DICTIONARIES.get(code, "sv_SE"), left=3, right=3)


def soften(text: str, code: str | None = None) -> str:
    """The text with soft hyphens in its long words, and no dash at the beginning of a line."""
    text = text.replace(" – ", f"{SPACE}– ")
    return _soften(text, code or language()) if len(text) >= LONG else text


@lru_cache(maxsize=10_000)
def _soften(text: str, code: str) -> str:
    def word(found: re.Match[str]) -> str:
        return found[1] or dictionary(code).inserted(found[2], hyphen=SOFT_HYPHEN)

    return LONG_WORD.sub(word, text)


def figure(number: float | Decimal, decimals: int | None = None) -> str:
    """2605000 → 2 605 000 in Swedish, with narrow no-break spaces, and 2,605,000 in English."""
    text = f"{number:,.{decimals}f}" if decimals is not None else f"{number:,}"
    if -GROUPED_FROM < number < GROUPED_FROM:
        text = text.replace(",", "")
    text = text.replace("-", "\u2212")
    if language() == "en":
        return text
    return text.replace(",", NARROW_SPACE).replace(".", ",")


def share(part: float | Decimal) -> str:
    """0.273 → 27,3 % in Swedish and 27.3% in English; no decimal when there is none."""
    percent = round(float(part) * 100, 1)
    text = figure(percent, 0 if percent == round(percent) else 1)
    return f"{text}%" if language() == "en" else f"{text}{SPACE}%"
