"""Keys by which words that are spelled otherwise meet: Monika and Monica, Ståhl and Stål."""

import re
from functools import lru_cache

# Swedish endings that tell one form of a word from another, the longest first.
ENDINGS = (
    *("ernas", "arnas", "ornas", "erna", "arna", "orna", "ens", "ets"),
    *("ers", "ars", "er", "ar", "or", "en", "et", "na", "an", "s"),
)
LEAST_OF_STEM = 4
SAME_SOUND = (
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"sch|sk(?=j)|stj"), "sj"),
    (re.compile(r"ck|ch|q|c"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (re.compile(r"w"), "v"),
    (re.compile(r"z"), "s"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"(?<=[aeiouy])h(?=[^aeiouy])"), ""),  # Ståhl, Åhman
)
VOWELS = re.compile(r"(?<!^)[aeiouy]")
DOUBLED = re.compile(r"(.)\1+")
SHORT = 3  # a word of so few letters is an abbreviation, and means each of them


def stem(word: str) -> str:
    """A folded word without its ending: kvinnojouren and kvinnojourer are kvinnojour."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_OF_STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """What is left of a folded word when vowels and what sounds alike no longer differ."""
    if len(word) <= SHORT or not word.isalpha():
        return word
    for pattern, same in SAME_SOUND:
        word = pattern.sub(same, word)
    return DOUBLED.sub(r"\1", VOWELS.sub("", word))


def after(prefix: str) -> str:
    """The first text that no longer begins with the prefix, byte by byte."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)
