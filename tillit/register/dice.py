"""Chance that falls alike for the same seed, and the names, numbers and periods that it makes up."""

import json
from pathlib import Path
from random import Random
from typing import NamedTuple

from stdnum import luhn

from tillit.kit.swedish import fold

MOST = 1_000_000  # so many organisation numbers does `orgnr` tell apart
LAST_YEAR = 2025
WORDS: dict[str, list[str]] = {
    name: text.split()
    for name, text in json.loads(
        (Path(__file__).resolve().parent / "data" / "invented.json").read_text("utf-8")
    ).items()
}


class Span(NamedTuple):
    """A period as a source might write it: EDTF, see kit.bounds."""

    start: str = ""
    end: str = ""
    seen: str = ""

    @property
    def first_year(self) -> int:
        """The year of the beginning; where that is unknown, one that lies well back."""
        digits = self.start.strip("[")[:4]
        return int(digits) if digits.isdecimal() else 1990


UNKNOWN = Span()


class Dice(Random):
    """Chance that falls alike for the same seed, with the throws that the register needs."""

    def happens(self, share: float) -> bool:
        return self.random() < share

    def word(self, words: str) -> str:
        return self.choice(WORDS[words]).replace("_", " ")

    def bound(self, year: int) -> str:
        """Some beginning or end in the year, as precisely as sources happen to know it."""
        match self.choices(("day", "month", "season", "between", "year"), (40, 15, 3, 7, 35))[0]:
            case "day":
                return f"{year}-{self.randint(1, 12):02}-{self.randint(1, 28):02}"
            case "month":
                return f"{year}-{self.randint(1, 12):02}"
            case "season":
                return f"{year}-{self.randint(21, 24)}"
            case "between":
                return f"[{year}..{year + 1}]"
        return str(year)

    def span(self, first: int, *, ended: float) -> Span:
        """A period that begins in the year `first` or later; `ended` is the share that have ended."""
        year = max(self.randint(first, LAST_YEAR - 4), self.randint(first, LAST_YEAR - 4))
        start = self.bound(year) if self.happens(0.85) else ""
        if self.happens(ended):
            return Span(start, self.bound(self.randint(year + 2, LAST_YEAR)))
        end = ".." if self.happens(0.5) else ""
        seen = "2012-12-31" if not start and not end and self.happens(0.7) else ""
        return Span(start, end, seen)

    def village(self) -> str:
        return self.word("first_parts") + self.word("last_parts")

    def person(self) -> str:
        return f"{self.word('forenames')} {self.word('first_parts')}{self.word('surname_ends')}"


def of(village: str) -> str:
    """Björkhult → Björkhults, Almnäs → Almnäs."""
    return village if village.endswith("s") else f"{village}s"


def slug(name: str) -> str:
    return fold(name).replace(" ", "-")


def orgnr(number: int) -> str:
    """The ten digits of the organisation with this running number, valid by Luhn."""
    nine = f"4{number % 10}{2 + number % 8}{number * 7919 % MOST:06}"
    return nine + luhn.calc_check_digit(nine)


def as_written(digits: str, dice: Dice) -> str:
    """With a hyphen, as most write it, or as some do."""
    dash = dice.choices(("-", "–", "", " "), (90, 4, 4, 2))[0]
    return f"{digits[:6]}{dash}{digits[6:]}"
