"""Text as it is set in the page's language: soft hyphens in long words, figures with spaces."""

import re
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

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
# What the later parts of long Swedish words begin with: there a word is best broken.
LAST_PARTS = """
    adress anteckning arbet avdelning bank beredning berättelse bevak bildning byrå center
    centra direktör distrikt ekonom entreprenör forum främja fullmäktige förbund förening
    förmedling försvar förvaltning gatan grupp hjälp idrott jour kassan kommelse kommun kontor
    kooperativ ledamot ledamöter ledare medborgar medlem mission myndighet möte nedsätt nämnd
    ordförande organ partnerskap person politi processe protokoll region revisor råd samarbet
    samhäll samverkan sekreterare sektor skade skap skola skolor stiftelse strateg styrelse stöd
    universitet utbild utskott utveckl verksamhet överenskommelse
"""
JOINT = re.compile(rf"(?<=\w{{3}})(?={'|'.join(LAST_PARTS.split())})", re.IGNORECASE)
SWEDISH = re.compile("[åäö]", re.IGNORECASE)
LONG_PART = 11  # letters: a longer part of a word may be broken in itself
FROM_JOINT = 4  # letters
FROM_BREAK = 3  # letters


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
    return LONG_WORD.sub(lambda found: found[1] or _broken(found[2], code), text)


def _broken(word: str, code: str) -> str:
    """What sources say stays Swedish on an English page, so a word that looks so is broken so."""
    places = [0, *breaks(word, "sv" if SWEDISH.search(word) else code), len(word)]
    return SOFT_HYPHEN.join(word[start:end] for start, end in pairwise(places))


def breaks(word: str, code: str) -> list[int]:
    """Where a long word may be broken: between its parts, and within what is long even so."""
    joints = [] if code == "en" else _joints(word)
    found = []
    for start, end in pairwise([0, *joints, len(word)]):
        if start:
            found.append(start)
        if end - start > LONG_PART:
            first = start + (FROM_JOINT if start else FROM_BREAK)
            last = end - (FROM_JOINT if end < len(word) else FROM_BREAK)
            for place in dictionary(code).positions(word[start:end]):
                if first <= start + place <= last:
                    found.append(start + place)
                    first = start + place + FROM_BREAK
    return found


def _joints(word: str) -> list[int]:
    """Where one part ends and the next begins, as in Region|styrelsen."""
    found: list[int] = []
    for joint in JOINT.finditer(word):
        if not found or joint.start() - found[-1] >= FROM_JOINT:
            found.append(joint.start())
    return found


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


def lower_first(text: str) -> str:
    """A word that begins a sentence elsewhere, within one."""
    return text[:1].lower() + text[1:]
